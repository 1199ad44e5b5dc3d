import { describe, expect, it, vi } from "vitest";

import { chatPage, all, connected, focused, load, one, say, texts } from "./chat_page";

const PRODUCT = { id: "shoe", title: "Trail shoe", price: 54, currency: "USD", in_stock: true };
const BUTTON = { title: "Red", payload: "show me the red one" };

const page = chatPage();

describe("<aisle-chat>", () => {
  it("connects only when it is opened", async () => {
    load();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(page.channel.tokens).toHaveLength(0);
    one("bubble").click();
    await connected();
    expect(page.channel.tokens).toHaveLength(1);
  });

  it("greets a new customer and suggests what to ask", async () => {
    load({ "data-open": "" });
    expect(texts()).toEqual([expect.stringContaining("Hi!")]);
    await connected();
    expect(texts()).toHaveLength(1);
    expect(all("quick-reply").length).toBeGreaterThanOrEqual(3);
  });

  it("takes the shop's own title, greeting and colour", () => {
    const greeting = "<b>Welcome!</b>";
    const chat = load({
      "data-open": "",
      "data-title": "Fern",
      "data-greeting": greeting,
      "data-accent": "#804000",
    });
    expect(one("panel").querySelector("h2")?.textContent).toBe("Fern");
    expect(texts()).toEqual([expect.stringContaining(greeting)]);
    expect(chat.style.getPropertyValue("--aisle-accent")).toBe("#804000");
  });

  it("moves the focus in when it opens, and back when Escape closes it", () => {
    load();
    one("bubble").click();
    expect(one("bubble").getAttribute("aria-expanded")).toBe("true");
    expect(focused()).toBe(one("input"));
    one("input").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect((one("panel") as HTMLDialogElement).open).toBe(false);
    expect(focused()).toBe(one("bubble"));
    expect(one("bubble").getAttribute("aria-expanded")).toBe("false");
  });

  it("shows what is said on both sides, as text", async () => {
    load({ "data-open": "" });
    await connected();
    const attack = '<img src=x onerror="alert(1)">';
    say(attack);
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    page.channel.emit("typing", { on: true });
    await vi.waitFor(() => expect(one("typing").hidden).toBe(false));
    page.channel.reply(`You said ${attack}`, { products: [PRODUCT], buttons: [BUTTON] });
    await vi.waitFor(() => expect(all("card")).toHaveLength(1));
    expect(one("typing").hidden).toBe(true);
    expect(texts().slice(1)).toEqual([`You: ${attack}`, `Assistant: You said ${attack}`]);
    expect(one("messages").querySelector("[onerror]")).toBeNull();
    expect(one("messages").getAttribute("role")).toBe("log");
  });

  it("sends a chosen quick reply as the words it stands for, and puts the others away", async () => {
    load({ "data-open": "" });
    await connected();
    page.channel.reply("Which one?", { buttons: [BUTTON, { title: "Blue", payload: "the blue one" }] });
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    all("quick-reply").at(-2)?.click();
    expect(texts().at(-1)).toBe("You: show me the red one");
    expect(all("quick-reply")).toHaveLength(0);
    expect(focused()).toBe(one("input"));
    await vi.waitFor(() => expect(page.channel.received[0]?.text).toBe("show me the red one"));
  });

  it("shows what is looked for as tags, and takes one away with a tap", async () => {
    load({ "data-open": "" });
    await connected();
    const constraints = [
      { title: "under $80", payload: "Remove: under $80" },
      { title: "red", payload: "Remove: red" },
    ];
    page.channel.reply("Here are 6.", { constraints });
    await vi.waitFor(() => expect(all("constraint")).toHaveLength(2));
    expect(all("constraint")[0]?.getAttribute("aria-label")).toBe("Remove: under $80");
    all("constraint")[0]?.click();
    await vi.waitFor(() => expect(page.channel.received[0]?.text).toBe("Remove: under $80"));
    expect(all("constraint")).toHaveLength(0);
  });

  it("puts products beside each other", async () => {
    load({ "data-open": "" });
    await connected();
    const rows = [{ name: "Price", values: ["$80.00", ""] }];
    page.channel.reply("Compared:", { table: { columns: ["Runner", "<b>Boot</b>"], rows } });
    await vi.waitFor(() => expect(all("comparison")).toHaveLength(1));
    const table = one("comparison");
    expect([...table.querySelectorAll("th")].map((cell) => [cell.scope, cell.textContent])).toEqual([
      ["col", "Runner"],
      ["col", "<b>Boot</b>"],
      ["row", "Price"],
    ]);
    expect(table.querySelector(".unknown")?.getAttribute("aria-label")).toBe("Not listed");
  });

  it("shows the way of an order, with where it is", async () => {
    load({ "data-open": "" });
    await connected();
    const timeline = [
      { title: "Ordered", time: "January 5", state: "done" },
      { title: "On its way", time: "", state: "now" },
      { title: "Delivered", time: "by January 12", state: "ahead" },
    ];
    page.channel.reply("It is on its way.", { timeline });
    await vi.waitFor(() => expect(all("timeline")).toHaveLength(1));
    const stages = [...one("timeline").children];
    expect(stages.map((stage) => stage.textContent)).toEqual([
      "Ordered, doneJanuary 5",
      "On its way, now",
      "Delivered, to comeby January 12",
    ]);
    expect(stages.map((stage) => stage.getAttribute("aria-current"))).toEqual([null, "step", null]);
  });

  it("names the person of the shop who writes", async () => {
    load({ "data-open": "" });
    await connected();
    page.channel.reply("I am with you.", { author: "Maria" });
    await vi.waitFor(() => expect(texts().at(-1)).toBe("Maria: I am with you."));
    expect(all("author").map((name) => name.textContent)).toEqual(["Maria"]);
  });

  it("speaks English where it does not know the page's language", () => {
    load({ "data-open": "", "data-lang": "tlh" });
    expect(one("panel").lang).toBe("en");
    expect(one("close").getAttribute("aria-label")).toBe("Close the shopping assistant");
  });

  it.each(["", "javascript:alert(1)", "http://"])("says that %j is no address", (address) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const chat = load({ "data-chat-url": address });
    expect(error).toHaveBeenCalledOnce();
    expect(chat.shadowRoot).toBeNull();
    error.mockRestore();
  });
});
