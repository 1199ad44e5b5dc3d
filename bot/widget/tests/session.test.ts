import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Message } from "../src/protocol";
import { ChatSession, RefusedError, type Listener } from "../src/session";
import { Channel } from "./channel";

const QUICK = { ackMs: 150, reconnectMs: 50 };

function listen() {
  return {
    onStatus: vi.fn<Listener["onStatus"]>(),
    onHistory: vi.fn<Listener["onHistory"]>(),
    onReply: vi.fn<Listener["onReply"]>(),
    onCustomer: vi.fn<Listener["onCustomer"]>(),
    onTyping: vi.fn<Listener["onTyping"]>(),
    onTurn: vi.fn<Listener["onTurn"]>(),
    onDeleted: vi.fn<Listener["onDeleted"]>(),
  };
}

describe("ChatSession", () => {
  let channel: Channel;
  let session: ChatSession;
  let listener: ReturnType<typeof listen>;
  const tokens = { token: "", device: "" };

  beforeEach(async () => {
    channel = new Channel();
    await channel.start();
    listener = listen();
    tokens.token = "";
    tokens.device = "";
    session = new ChatSession(new URL(channel.url), tokens, listener, QUICK);
  });

  afterEach(async () => {
    session.close();
    await channel.stop();
  });

  async function online(times = 1): Promise<void> {
    await vi.waitFor(() => expect(listener.onHistory).toHaveBeenCalledTimes(times), 3000);
  }

  it("shows no token at first, and the one it was given when it comes back", async () => {
    session.open();
    await online();
    expect(tokens.token).toBe("token-1");
    channel.disconnectAll();
    await online(2);
    expect(channel.tokens).toEqual([undefined, "token-1"]);
    expect(channel.devices).toEqual([undefined, "device-1"]);
  });

  it("says who is logged in at the shop, at once and at every connection", async () => {
    session.identify("signed-1");
    session.open();
    await online();
    session.identify("signed-2");
    await vi.waitFor(() => expect(channel.identities).toEqual(["signed-1", "signed-2"]), 3000);
    channel.disconnectAll();
    await online(2);
    session.identify(null);
    await vi.waitFor(() => expect(channel.identities.slice(2)).toEqual(["signed-2", null]), 3000);
  });

  it("says who it is where that becomes known while it connects", async () => {
    channel.onGreet = () => session.identify("late");
    session.open();
    await online();
    await vi.waitFor(() => expect(channel.identities).toEqual([undefined, "late"]), 3000);
  });

  it("hands on the history and every event of the conversation", async () => {
    channel.history = [{ role: "customer", id: "1", text: "hello" }];
    session.open();
    await online();
    expect(listener.onHistory.mock.calls[0]?.[0]).toMatchObject([{ role: "customer", id: "1" }]);
    channel.emit("customer", { id: "2", text: "from another tab" });
    channel.emit("typing", { on: true });
    channel.reply("Hi!");
    channel.emit("turn", { id: "2", intent: { name: "greet", confidence: 1 }, took_ms: 1, replies: 1 });
    const end = { id: "2", replies: 1 };
    await vi.waitFor(() => expect(listener.onTurn).toHaveBeenCalledWith(end));
    expect(listener.onCustomer.mock.calls[0]?.[0]).toMatchObject({ role: "customer", id: "2" });
    expect(listener.onTyping).toHaveBeenCalledWith(true);
    expect(listener.onReply.mock.calls[0]?.[0]).toMatchObject({ role: "assistant", text: "Hi!" });
  });

  it("keeps what is said while the chat is away, and sends it in order when it is back", async () => {
    await channel.stop();
    session.open();
    await vi.waitFor(() => expect(listener.onStatus).toHaveBeenCalledWith("offline"));
    const sent = Promise.all([session.send("1", "one"), session.send("2", "two")]);
    await channel.start();
    await sent;
    expect(listener.onStatus).toHaveBeenLastCalledWith("online");
    expect(channel.received).toEqual([
      { id: "1", text: "one" },
      { id: "2", text: "two" },
    ]);
  });

  it("sends what was not acknowledged again, under the same id", async () => {
    let silent = 2;
    channel.acknowledge = () => (silent-- > 0 ? null : { ok: true });
    session.open();
    await session.send("1", "hello");
    expect(channel.received.map(({ id }) => id)).toEqual(["1", "1", "1"]);
  });

  it("gives up on a channel that never answers", async () => {
    channel.acknowledge = () => null;
    session.open();
    await expect(session.send("1", "hello")).rejects.toThrow();
    expect(channel.received.length).toBeGreaterThan(3);
  });

  it("tells a refusal in the channel's own words, once", async () => {
    channel.acknowledge = () => ({ ok: false, error: "A message needs an id." });
    session.open();
    const refused = session.send("", "hello");
    await expect(refused).rejects.toEqual(new RefusedError("A message needs an id."));
    expect(channel.received).toHaveLength(1);
  });

  it("asks for the history again without a word of being away", async () => {
    session.open();
    await online();
    session.refresh();
    await online(2);
    await session.send("1", "hello");
    expect(listener.onStatus.mock.calls).toEqual([["online"], ["online"]]);
  });

  it("erases the conversation, and hears of it", async () => {
    session.open();
    await online();
    await session.delete();
    expect(listener.onDeleted).toHaveBeenCalledOnce();
    channel.deletion = { ok: false, error: "Not now." };
    await expect(session.delete()).rejects.toEqual(new RefusedError("Not now."));
  });

  it("stays away once it is closed", async () => {
    session.open();
    await online();
    session.close();
    await new Promise((resolve) => setTimeout(resolve, 4 * QUICK.reconnectMs));
    expect(listener.onHistory).toHaveBeenCalledOnce();
    expect(channel.left).toBe(1);
  });

  it("comes back to a server that closed the connection itself", async () => {
    session.open();
    await online();
    channel.disconnectAll();
    await vi.waitFor(() => expect(listener.onStatus).toHaveBeenCalledWith("offline"));
    await online(2);
  });
});

it("takes a path in the chat's address for a path, not for a namespace", async () => {
  const channel = new Channel();
  await channel.start("/shop/chat/socket.io/");
  const listener = listen();
  const url = new URL(`${channel.url}shop/chat`);
  const session = new ChatSession(url, { token: "", device: "" }, listener, QUICK);
  session.open();
  await vi.waitFor(() => expect(listener.onHistory).toHaveBeenCalledWith<[Message[]]>([]));
  session.close();
  await channel.stop();
});
