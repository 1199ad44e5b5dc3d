import { beforeEach, describe, expect, it, vi } from "vitest";

import { Composer } from "../src/composer";
import { english } from "../src/locale/english";

describe("Composer", () => {
  const onSend = vi.fn<(text: string) => void>();
  let composer: Composer;

  beforeEach(() => {
    onSend.mockReset();
    composer = new Composer(english, onSend);
    document.body.replaceChildren(composer.root);
  });

  function type(text: string): void {
    composer.input.value = text;
    composer.input.dispatchEvent(new Event("input"));
  }

  function press(init: KeyboardEventInit): KeyboardEvent {
    const event = new KeyboardEvent("keydown", { cancelable: true, ...init });
    composer.input.dispatchEvent(event);
    return event;
  }

  function sendButton(): HTMLButtonElement {
    return composer.root.querySelector<HTMLButtonElement>("[part=send]")!;
  }

  it("sends by Enter, trimmed, and empties itself", () => {
    type("  red shoes\n");
    press({ key: "Enter" });
    expect(onSend).toHaveBeenCalledExactlyOnceWith("red shoes");
    expect(composer.input.value).toBe("");
  });

  it("sends by its button", () => {
    type("red shoes");
    sendButton().click();
    expect(onSend).toHaveBeenCalledExactlyOnceWith("red shoes");
  });

  it("leaves Shift+Enter to the text area", () => {
    type("red");
    expect(press({ key: "Enter", shiftKey: true }).defaultPrevented).toBe(false);
    expect(onSend).not.toHaveBeenCalled();
  });

  it("does not send while an input method composes", () => {
    type("跑鞋");
    press({ key: "Enter", isComposing: true });
    press({ key: "Enter", keyCode: 229 } as KeyboardEventInit);
    expect(onSend).not.toHaveBeenCalled();
    expect(composer.input.value).toBe("跑鞋");
  });

  it("has nothing to send where there are only spaces", () => {
    type(" \n ");
    press({ key: "Enter" });
    expect(onSend).not.toHaveBeenCalled();
    expect(sendButton().disabled).toBe(true);
  });

  it("counts near the limit, and refuses beyond it without losing a word", () => {
    const counter = (): string => composer.root.querySelector(".counter")?.textContent ?? "";
    type("x".repeat(899));
    expect(counter()).toBe("");
    type("x".repeat(900));
    expect(counter()).toBe("900 of 1,000 characters");
    type("x".repeat(1000));
    expect(sendButton().disabled).toBe(false);
    type("x".repeat(1001));
    expect(counter()).toContain("1,001 of 1,000");
    expect(composer.input.getAttribute("aria-invalid")).toBe("true");
    press({ key: "Enter" });
    expect(onSend).not.toHaveBeenCalled();
    expect(composer.input.value).toHaveLength(1001);
  });

  it("counts an emoji as one character, as the channel does", () => {
    type("👟".repeat(1000));
    press({ key: "Enter" });
    expect(onSend).toHaveBeenCalledOnce();
  });
});
