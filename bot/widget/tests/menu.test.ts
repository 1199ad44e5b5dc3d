import { beforeEach, describe, expect, it, vi } from "vitest";

import { english } from "../src/locale/english";
import { Menu } from "../src/menu";

describe("Menu", () => {
  const first = vi.fn<() => void>();
  const last = vi.fn<() => void>();
  let on = false;
  let button: HTMLButtonElement;
  let list: HTMLElement;

  beforeEach(() => {
    vi.clearAllMocks();
    on = false;
    const menu = new Menu(english, [
      { label: "First", onChoose: first },
      { label: "Switch", checked: () => on, onChoose: () => (on = !on) },
      { label: "Last", onChoose: last },
    ]);
    document.body.replaceChildren(menu.root);
    [button] = menu.root.getElementsByTagName("button") as unknown as [HTMLButtonElement];
    list = menu.root.querySelector<HTMLElement>("[role=menu]")!;
  });

  function press(key: string): KeyboardEvent {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    return event;
  }

  it("opens on its first item, and goes round by the arrow keys", () => {
    button.click();
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(document.activeElement?.textContent).toBe("First");
    press("ArrowUp");
    expect(document.activeElement?.textContent).toBe("Last");
    press("ArrowDown");
    press("ArrowDown");
    expect(document.activeElement?.textContent).toBe("Switch");
    press("End");
    expect(document.activeElement?.textContent).toBe("Last");
    press("Home");
    expect(document.activeElement?.textContent).toBe("First");
  });

  it("closes by Escape, which goes no further, with the focus on its button", () => {
    const beyond = vi.fn<() => void>();
    document.body.addEventListener("keydown", beyond, { once: true });
    button.click();
    expect(press("Escape").defaultPrevented).toBe(true);
    expect(list.hidden).toBe(true);
    expect(document.activeElement).toBe(button);
    expect(beyond).not.toHaveBeenCalled();
  });

  it("closes when one is chosen, and does it", () => {
    button.click();
    list.querySelectorAll("button")[2]?.click();
    expect(last).toHaveBeenCalledOnce();
    expect(list.hidden).toBe(true);
  });

  it("says what is on", () => {
    const state = (): string | null => list.children[1]!.getAttribute("aria-checked");
    button.click();
    expect(state()).toBe("false");
    list.querySelectorAll("button")[1]?.click();
    button.click();
    expect(state()).toBe("true");
  });
});
