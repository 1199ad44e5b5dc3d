import { describe, expect, it, vi } from "vitest";

import { chatPage, all, connected, load, one, say, texts } from "./chat_page";

const PRODUCT = { id: "shoe", title: "Trail shoe", price: 54, currency: "USD", in_stock: true };
const BUTTON = { title: "Red", payload: "show me the red one" };

const page = chatPage();

describe("<aisle-chat>, after a reload and without a connection", () => {
  it("has the conversation again after a reload, and stays open", async () => {
    load({ "data-open": "" });
    await connected();
    page.channel.history = [
      { role: "customer", id: "1", text: "shoes" },
      { role: "assistant", id: "1.0", text: "Here.", products: [PRODUCT], buttons: [BUTTON] },
    ];
    load();
    await connected();
    expect(page.channel.tokens).toEqual([undefined, "token-1"]);
    expect(texts()).toEqual(["You: shoes", "Assistant: Here."]);
    expect(all("card")).toHaveLength(1);
    expect(all("quick-reply")).toHaveLength(1);
  });

  it("offers no quick replies that the customer has passed", async () => {
    localStorage.setItem(`aisle:${page.channel.url}:token`, "token-1");
    page.channel.history = [
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
    page.channel.emit("customer", { id: "9", text: "from the other tab" });
    page.channel.emit("customer", { id: "9", text: "from the other tab" });
    await vi.waitFor(() => expect(texts().at(-1)).toBe("You: from the other tab"));
    expect(texts()).toHaveLength(2);
  });

  it("keeps a message for later while the shop is away, and says so", async () => {
    await page.channel.stop();
    load({ "data-open": "" });
    await vi.waitFor(() => expect(one("banner").textContent).toContain("can’t reach the shop"));
    say("red shoes");
    expect(one("messages").textContent).toContain("Waiting to be sent");
    await page.channel.start();
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1), 5000);
    expect(one("messages").textContent).not.toContain("Waiting to be sent");
    expect(texts().at(-1)).toBe("You: red shoes");
  });

  it("sends after a reload what could not be sent before, under the same id", async () => {
    await page.channel.stop();
    load({ "data-open": "" });
    say("red shoes");
    load();
    expect(texts().at(-1)).toBe("You: red shoes");
    await page.channel.start();
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1), 5000);
    const [first] = page.channel.received;
    page.channel.history = [{ role: "customer", ...first }];
    load();
    await connected();
    expect(texts()).toEqual(["You: red shoes"]);
    expect(page.channel.received).toHaveLength(1);
  });

  it("shows no reply twice when the connection comes back", async () => {
    load({ "data-open": "" });
    await connected();
    const customer = { role: "customer", id: "1", text: "hello" };
    const reply = { role: "assistant", id: "1.0", text: "Hi!", products: [PRODUCT] };
    page.channel.emit("customer", customer);
    page.channel.emit("reply", reply);
    await vi.waitFor(() => expect(all("card")).toHaveLength(1));
    const card = one("card");
    const missed = { role: "assistant", id: "1.1", text: "Said while you were away." };
    page.channel.history = [customer, reply, missed];
    page.channel.emit("session", { token: "token-1", history: page.channel.history });
    await vi.waitFor(() => expect(texts()).toHaveLength(4));
    expect(texts().slice(1)).toEqual([
      "You: hello",
      "Assistant: Hi!",
      "Assistant: Said while you were away.",
    ]);
    expect(one("card")).toBe(card);
  });

  it("asks the server for a reply that was lost on the way", async () => {
    load({ "data-open": "" });
    await connected();
    say("hello");
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    const { id, text } = page.channel.received[0]!;
    page.channel.history = [
      { role: "customer", id, text },
      { role: "assistant", id: `${id}.0`, text: "Hi!" },
    ];
    page.channel.emit("turn", { id, replies: 1 });
    await vi.waitFor(() => expect(texts().slice(1)).toEqual(["You: hello", "Assistant: Hi!"]));
    expect(page.channel.received).toHaveLength(1);
  });

  it("asks for the one of several replies that was lost", async () => {
    load({ "data-open": "" });
    await connected();
    say("hello");
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    const { id, text } = page.channel.received[0]!;
    const second = { role: "assistant", id: `${id}.1`, text: "What can I do?" };
    page.channel.history = [
      { role: "customer", id, text },
      { role: "assistant", id: `${id}.0`, text: "Hi!" },
      second,
    ];
    page.channel.emit("reply", second);
    page.channel.emit("turn", { id, replies: 2 });
    await vi.waitFor(() =>
      expect(texts().slice(1)).toEqual([
        "You: hello",
        "Assistant: Hi!",
        "Assistant: What can I do?",
      ]),
    );
  });

  it("stays connected through the turns that a person answers", async () => {
    load({ "data-open": "" });
    await connected();
    say("hello");
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    page.channel.emit("turn", { id: page.channel.received[0]!.id, replies: 0 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(page.channel.left).toBe(0);
    expect(page.channel.tokens).toHaveLength(1);
  });

  it("starts over where the server no longer knows the conversation", async () => {
    load({ "data-open": "" });
    await connected();
    page.channel.emit("customer", { id: "1", text: "hello" });
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    page.channel.emit("session", { token: "token-2", history: [] });
    await vi.waitFor(() => expect(texts()).toHaveLength(1));
    expect(texts()[0]).toContain("Hi!");
    expect(localStorage.getItem(`aisle:${page.channel.url}:token`)).toBe("token-2");
  });

  it("counts what arrives while it is closed", async () => {
    load({ "data-open": "" });
    await connected();
    one("close").click();
    page.channel.reply("One");
    page.channel.reply("Two");
    const label = (): string | null => one("bubble").getAttribute("aria-label");
    await vi.waitFor(() => expect(label()).toContain("2 new messages"));
    one("bubble").click();
    expect(label()).not.toContain("new message");
  });

  it("goes on listening on the next page of a visit, and counts what came since", async () => {
    load({ "data-open": "" });
    await connected();
    page.channel.emit("reply", { role: "assistant", id: "1.0", text: "Here." });
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    one("close").click();
    page.channel.history = [
      { role: "assistant", id: "1.0", text: "Here." },
      { role: "assistant", id: "p1", text: "I had a look for you.", author: "Maria" },
    ];
    load();
    await vi.waitFor(() => expect(one("bubble").getAttribute("aria-label")).toContain("1 new"));
    expect((one("panel") as HTMLDialogElement).open).toBe(false);
  });

  it("counts nothing as unread of a conversation that is deleted", async () => {
    load({ "data-open": "" });
    await connected();
    page.channel.reply("Hi!");
    await vi.waitFor(() => expect(texts()).toHaveLength(2));
    one("close").click();
    page.channel.emit("deleted", {});
    await vi.waitFor(() => expect(texts()).toHaveLength(1));
    expect(one("bubble").getAttribute("aria-label")).not.toContain("new");
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
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    local.mockRestore();
    session.mockRestore();
  });
});
