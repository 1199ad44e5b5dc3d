import { describe, expect, it, vi } from "vitest";

import type { AisleChat } from "../src/aisle_chat";
import { chatPage, all, connected, load, one } from "./chat_page";

const page = chatPage();

describe("<aisle-chat>, for the page", () => {
  it("asks what an element of the shop's page asks for", async () => {
    load();
    const button = document.createElement("button");
    button.dataset["aisleAsk"] = "Where is my order?";
    document.body.append(button);
    button.click();
    await vi.waitFor(() => expect(page.channel.received[0]?.text).toBe("Where is my order?"));
  });

  describe("for the page's own scripts", () => {
    it("opens, sends, prefills, closes, and tells of it", async () => {
      const chat = load() as AisleChat;
      const heard: string[] = [];
      for (const name of ["opened", "closed", "message"]) {
        document.addEventListener(`aisle:${name}`, () => heard.push(name), { once: true });
      }
      chat.open();
      expect((one("panel") as HTMLDialogElement).open).toBe(true);
      chat.send("red shoes");
      chat.prefill("under $");
      expect((one("input") as HTMLTextAreaElement).value).toBe("under $");
      chat.close();
      expect((one("panel") as HTMLDialogElement).open).toBe(false);
      expect(heard).toEqual(["opened", "message", "closed"]);
      await vi.waitFor(() => expect(page.channel.received[0]?.text).toBe("red shoes"));
    });

    it("tells of every message with who wrote it", async () => {
      load({ "data-open": "" });
      await connected();
      const heard = vi.fn<(event: Event) => void>();
      document.addEventListener("aisle:message", heard);
      page.channel.reply("Hi!", { author: "Maria" });
      await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
      const { detail } = heard.mock.calls[0]?.[0] as CustomEvent;
      expect(detail).toMatchObject({ role: "assistant", text: "Hi!", author: "Maria" });
      document.removeEventListener("aisle:message", heard);
    });
  });

  describe("invitation", () => {
    const INVITE = { "data-invite": "Shall I help you choose?", "data-invite-seconds": "0.02" };
    const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

    it("comes when the rule says so, and opens the chat", async () => {
      load(INVITE);
      expect(one("invitation").hidden).toBe(true);
      await vi.waitFor(() => expect(one("invitation").hidden).toBe(false));
      expect(one("invitation").textContent).toBe("Shall I help you choose?");
      one("invitation").querySelector("button")?.click();
      expect((one("panel") as HTMLDialogElement).open).toBe(true);
      expect(one("invitation").hidden).toBe(true);
    });

    it("comes once in a visit", async () => {
      load(INVITE);
      await vi.waitFor(() => expect(one("invitation").hidden).toBe(false));
      one("invitation").querySelectorAll("button")[1]?.click();
      load(INVITE);
      await soon();
      expect(one("invitation").hidden).toBe(true);
    });

    it.each([
      [{ "data-open": "" }, "an open chat"],
      [{ "data-invite-path": "/elsewhere/*" }, "another page"],
      [{ "data-invite-cart": "1" }, "an empty cart"],
    ])("stays away with %j: %s", async (attributes, _why) => {
      load({ ...INVITE, ...attributes });
      await soon();
      expect(one("invitation").hidden).toBe(true);
    });

    it("comes to a cart with enough in it, by the page's own script", async () => {
      const chat = load() as AisleChat;
      chat.setCart(2);
      chat.invite({ text: "Ready to pay?", cart: 2 });
      await vi.waitFor(() => expect(one("invitation").hidden).toBe(false));
    });
  });

  it("fills a page of its own, without a bubble, and stays open", async () => {
    load({ "data-mode": "page" });
    await connected();
    expect(all("bubble")).toHaveLength(0);
    expect(one("close").hidden).toBe(true);
    one("input").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect((one("panel") as HTMLDialogElement).open).toBe(true);
  });
});
