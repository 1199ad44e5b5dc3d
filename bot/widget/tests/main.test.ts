import { gzipSync } from "node:zlib";

import { afterEach, describe, expect, it, vi } from "vitest";

import BUNDLE from "../dist/widget.js?raw";

/** Runs the built script as a page does that has this tag. */
function include(attributes: Record<string, string>): void {
  const script = document.createElement("script");
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
  const current = vi.spyOn(document, "currentScript", "get").mockReturnValue(script);
  // Indirect, so that it runs at the top of the page's own scope.
  (0, eval)(BUNDLE);
  current.mockRestore();
}

describe("widget.js", () => {
  afterEach(() => document.body.replaceChildren());

  it("puts one chat on the page, however often it is included", () => {
    const tag = { src: "/widget.js", "data-chat-url": "http://127.0.0.1:5005", defer: "" };
    include(tag);
    include(tag);
    const chats = document.querySelectorAll("aisle-chat");
    expect(chats).toHaveLength(1);
    expect(chats[0]?.getAttribute("data-chat-url")).toBe("http://127.0.0.1:5005");
    expect(chats[0]?.hasAttribute("src")).toBe(false);
    expect(chats[0]?.shadowRoot?.querySelectorAll("[part=bubble]")).toHaveLength(1);
  });

  it("leaves a chat alone that the page has placed itself", () => {
    const chat = document.createElement("aisle-chat");
    chat.setAttribute("data-chat-url", "http://127.0.0.1:5006");
    document.body.append(chat);
    include({ "data-chat-url": "http://127.0.0.1:5005" });
    expect(document.querySelectorAll("aisle-chat")).toHaveLength(1);
  });

  it("stays within 25 KB, gzipped", () => {
    expect(gzipSync(BUNDLE, { level: 9 }).length).toBeLessThanOrEqual(25_000);
  });

  it("puts no markup in", () => {
    for (const sink of ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"]) {
      expect(BUNDLE).not.toContain(sink);
    }
  });
});
