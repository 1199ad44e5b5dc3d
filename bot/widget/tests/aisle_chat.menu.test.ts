import { describe, expect, it, vi } from "vitest";

import { chatPage, all, connected, focused, load, one, say, texts } from "./chat_page";

const page = chatPage();

describe("<aisle-chat>, its menu", () => {
  function choose(name: string): void {
    one("menu-button").click();
    const items = [...one("menu").querySelectorAll("button")];
    items.find((item) => item.textContent?.startsWith(name))?.click();
  }

  it("asks for a person", async () => {
    load({ "data-open": "" });
    await connected();
    choose("Talk to a person");
    await vi.waitFor(() => expect(page.channel.received[0]?.text).toBe("Talk to a person"));
    expect(focused()).toBe(one("input"));
  });

  it("has the sound off until it is switched on, and remembers", async () => {
    load({ "data-open": "" });
    const sound = (): string | null => {
      one("menu-button").click();
      const item = one("menu").querySelector("[role=menuitemcheckbox]");
      const state = item?.getAttribute("aria-checked") ?? null;
      one("menu-button").click();
      return state;
    };
    expect(sound()).toBe("false");
    choose("Sound");
    expect(sound()).toBe("true");
    load({ "data-open": "" });
    expect(sound()).toBe("true");
  });

  it("asks once before it deletes the conversation", async () => {
    load({ "data-open": "" });
    await connected();
    say("my secret");
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    choose("Delete");
    expect(one("sheet").hidden).toBe(false);
    one("delete").click();
    await vi.waitFor(() => expect(one("sheet").hidden).toBe(true));
    expect(texts()).toEqual([expect.stringContaining("Hi!")]);
    expect(all("quick-reply").length).toBeGreaterThanOrEqual(3);
    expect(one("panel").textContent).toContain("This conversation is deleted.");
    expect(JSON.parse(sessionStorage.getItem(`aisle:${page.channel.url}:unsent`) ?? "[]")).toEqual([]);
  });

  it("says when the conversation could not be deleted", async () => {
    page.channel.deletion = { ok: false, error: "Please try again." };
    load({ "data-open": "" });
    await connected();
    choose("Delete");
    one("delete").click();
    await vi.waitFor(() =>
      expect(one("sheet").querySelector("[role=alert]")?.textContent).toBe("Please try again."),
    );
    one("back").click();
    expect(one("sheet").hidden).toBe(true);
    expect(focused()).toBe(one("menu-button"));
  });

  it("shows nothing any more of what another tab has deleted", async () => {
    load({ "data-open": "" });
    await connected();
    page.channel.emit("customer", { id: "1", text: "hello" });
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    page.channel.emit("deleted", {});
    await vi.waitFor(() => expect(texts()).toHaveLength(1));
  });
});
