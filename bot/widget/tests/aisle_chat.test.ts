import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { AisleChat } from "../src/aisle_chat";
import { Channel } from "./channel";

const PRODUCT = { id: "shoe", title: "Trail shoe", price: 54, currency: "USD", in_stock: true };
const BUTTON = { title: "Red", payload: "show me the red one" };

describe("<aisle-chat>", () => {
  let channel: Channel;

  beforeAll(() => customElements.define("aisle-chat", AisleChat));

  beforeEach(async () => {
    localStorage.clear();
    sessionStorage.clear();
    channel = new Channel();
    await channel.start();
  });

  afterEach(async () => {
    document.body.replaceChildren();
    await channel.stop();
  });

  /** A page with the chat on it; called again, the same page after a reload. */
  function load(attributes: Record<string, string> = {}): HTMLElement {
    const chat = document.createElement("aisle-chat");
    chat.setAttribute("data-chat-url", channel.url);
    for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
    document.body.replaceChildren(chat);
    return chat;
  }

  function all(part: string): HTMLElement[] {
    const root = document.querySelector("aisle-chat")?.shadowRoot;
    return [...(root?.querySelectorAll<HTMLElement>(`[part~="${part}"]`) ?? [])];
  }

  function one(part: string): HTMLElement {
    const [found] = all(part);
    if (found === undefined) throw new Error(`There is no ${part}.`);
    return found;
  }

  function focused(): Element | null {
    return document.querySelector("aisle-chat")?.shadowRoot?.activeElement ?? null;
  }

  function texts(): string[] {
    return all("message").map((message) => message.querySelector(".text")?.textContent ?? "");
  }

  function say(text: string): void {
    const input = one("input") as HTMLTextAreaElement;
    input.value = text;
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  }

  async function connected(): Promise<void> {
    await vi.waitFor(() => expect(one("banner").hidden).toBe(true));
  }

  it("connects only when it is opened", async () => {
    load();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(channel.tokens).toHaveLength(0);
    one("bubble").click();
    await connected();
    expect(channel.tokens).toHaveLength(1);
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
    await vi.waitFor(() => expect(channel.received).toHaveLength(1));
    channel.emit("typing", { on: true });
    await vi.waitFor(() => expect(one("typing").hidden).toBe(false));
    channel.reply(`You said ${attack}`, { products: [PRODUCT], buttons: [BUTTON] });
    await vi.waitFor(() => expect(all("card")).toHaveLength(1));
    expect(one("typing").hidden).toBe(true);
    expect(texts().slice(1)).toEqual([`You: ${attack}`, `Assistant: You said ${attack}`]);
    expect(one("messages").querySelector("[onerror]")).toBeNull();
    expect(one("messages").getAttribute("role")).toBe("log");
  });

  it("sends a chosen quick reply as the words it stands for, and puts the others away", async () => {
    load({ "data-open": "" });
    await connected();
    channel.reply("Which one?", { buttons: [BUTTON, { title: "Blue", payload: "the blue one" }] });
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    all("quick-reply").at(-2)?.click();
    expect(texts().at(-1)).toBe("You: show me the red one");
    expect(all("quick-reply")).toHaveLength(0);
    expect(focused()).toBe(one("input"));
    await vi.waitFor(() => expect(channel.received[0]?.text).toBe("show me the red one"));
  });

  it("shows what is looked for as tags, and takes one away with a tap", async () => {
    load({ "data-open": "" });
    await connected();
    const constraints = [
      { title: "under $80", payload: "Remove: under $80" },
      { title: "red", payload: "Remove: red" },
    ];
    channel.reply("Here are 6.", { constraints });
    await vi.waitFor(() => expect(all("constraint")).toHaveLength(2));
    expect(all("constraint")[0]?.getAttribute("aria-label")).toBe("Remove: under $80");
    all("constraint")[0]?.click();
    await vi.waitFor(() => expect(channel.received[0]?.text).toBe("Remove: under $80"));
    expect(all("constraint")).toHaveLength(0);
  });

  it("puts products beside each other", async () => {
    load({ "data-open": "" });
    await connected();
    const rows = [{ name: "Price", values: ["$80.00", ""] }];
    channel.reply("Compared:", { table: { columns: ["Runner", "<b>Boot</b>"], rows } });
    await vi.waitFor(() => expect(all("comparison")).toHaveLength(1));
    const table = one("comparison");
    expect([...table.querySelectorAll("th")].map((cell) => [cell.scope, cell.textContent])).toEqual([
      ["col", "Runner"],
      ["col", "<b>Boot</b>"],
      ["row", "Price"],
    ]);
    expect(table.querySelector(".unknown")?.getAttribute("aria-label")).toBe("Not listed");
  });

  it("has the conversation again after a reload, and stays open", async () => {
    load({ "data-open": "" });
    await connected();
    channel.history = [
      { role: "customer", id: "1", text: "shoes" },
      { role: "assistant", id: "1.0", text: "Here.", products: [PRODUCT], buttons: [BUTTON] },
    ];
    load();
    await connected();
    expect(channel.tokens).toEqual([undefined, "token-1"]);
    expect(texts()).toEqual(["You: shoes", "Assistant: Here."]);
    expect(all("card")).toHaveLength(1);
    expect(all("quick-reply")).toHaveLength(1);
  });

  it("offers no quick replies that the customer has passed", async () => {
    localStorage.setItem(`aisle:${channel.url}:token`, "token-1");
    channel.history = [
      { role: "assistant", id: "0.0", text: "Which?", buttons: [BUTTON] },
      { role: "customer", id: "1", text: "never mind" },
    ];
    load({ "data-open": "" });
    await connected();
    expect(all("quick-reply")).toHaveLength(0);
  });

  it("shows what the customer says in another tab, once", async () => {
    load({ "data-open": "" });
    await connected();
    channel.emit("customer", { id: "9", text: "from the other tab" });
    channel.emit("customer", { id: "9", text: "from the other tab" });
    await vi.waitFor(() => expect(texts().at(-1)).toBe("You: from the other tab"));
    expect(texts()).toHaveLength(2);
  });

  it("keeps a message for later while the shop is away, and says so", async () => {
    await channel.stop();
    load({ "data-open": "" });
    await vi.waitFor(() => expect(one("banner").textContent).toContain("can’t reach the shop"));
    say("red shoes");
    expect(one("messages").textContent).toContain("Waiting to be sent");
    await channel.start();
    await vi.waitFor(() => expect(channel.received).toHaveLength(1), 5000);
    expect(one("messages").textContent).not.toContain("Waiting to be sent");
    expect(texts().at(-1)).toBe("You: red shoes");
  });

  it("sends after a reload what could not be sent before, under the same id", async () => {
    await channel.stop();
    load({ "data-open": "" });
    say("red shoes");
    load();
    expect(texts().at(-1)).toBe("You: red shoes");
    await channel.start();
    await vi.waitFor(() => expect(channel.received).toHaveLength(1), 5000);
    const [first] = channel.received;
    channel.history = [{ role: "customer", ...first }];
    load();
    await connected();
    expect(texts()).toEqual(["You: red shoes"]);
    expect(channel.received).toHaveLength(1);
  });

  it("shows no reply twice when the connection comes back", async () => {
    load({ "data-open": "" });
    await connected();
    const customer = { role: "customer", id: "1", text: "hello" };
    const reply = { role: "assistant", id: "1.0", text: "Hi!", products: [PRODUCT] };
    channel.emit("customer", customer);
    channel.emit("reply", reply);
    await vi.waitFor(() => expect(all("card")).toHaveLength(1));
    const card = one("card");
    const missed = { role: "assistant", id: "1.1", text: "Said while you were away." };
    channel.history = [customer, reply, missed];
    channel.emit("session", { token: "token-1", history: channel.history });
    await vi.waitFor(() => expect(texts()).toHaveLength(4));
    expect(texts().slice(1)).toEqual([
      "You: hello",
      "Assistant: Hi!",
      "Assistant: Said while you were away.",
    ]);
    expect(one("card")).toBe(card);
  });

  it("starts over where the server no longer knows the conversation", async () => {
    load({ "data-open": "" });
    await connected();
    channel.emit("customer", { id: "1", text: "hello" });
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    channel.emit("session", { token: "token-2", history: [] });
    await vi.waitFor(() => expect(texts()).toHaveLength(1));
    expect(texts()[0]).toContain("Hi!");
    expect(localStorage.getItem(`aisle:${channel.url}:token`)).toBe("token-2");
  });

  it("counts what arrives while it is closed", async () => {
    load({ "data-open": "" });
    await connected();
    one("close").click();
    channel.reply("One");
    channel.reply("Two");
    const label = (): string | null => one("bubble").getAttribute("aria-label");
    await vi.waitFor(() => expect(label()).toContain("2 new messages"));
    one("bubble").click();
    expect(label()).not.toContain("new message");
  });

  it("asks what an element of the shop's page asks for", async () => {
    load();
    const button = document.createElement("button");
    button.dataset["aisleAsk"] = "Where is my order?";
    document.body.append(button);
    button.click();
    await vi.waitFor(() => expect(channel.received[0]?.text).toBe("Where is my order?"));
  });

  it.each(["", "javascript:alert(1)", "http://"])("says that %j is no address", (address) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const chat = load({ "data-chat-url": address });
    expect(error).toHaveBeenCalledOnce();
    expect(chat.shadowRoot).toBeNull();
    error.mockRestore();
  });

  it("works in a browser that refuses to store anything", async () => {
    const refuse = (): never => {
      throw new DOMException("denied", "SecurityError");
    };
    const local = vi.spyOn(window, "localStorage", "get").mockImplementation(refuse);
    const session = vi.spyOn(window, "sessionStorage", "get").mockImplementation(refuse);
    load({ "data-open": "" });
    await connected();
    say("hello");
    await vi.waitFor(() => expect(channel.received).toHaveLength(1));
    local.mockRestore();
    session.mockRestore();
  });
});
