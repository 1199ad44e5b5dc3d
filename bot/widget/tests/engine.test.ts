import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ChatSession } from "../src/session";
import { Socket } from "../src/socket_io/engine";
import { Channel } from "./channel";

const ignore = (): void => undefined;
const LISTENER = {
  onStatus: vi.fn<(status: string) => void>(),
  onHistory: vi.fn<() => void>(),
  onReply: vi.fn<(reply: { text: string }) => void>(),
  onCustomer: ignore,
  onTyping: ignore,
  onTurn: ignore,
  onDeleted: ignore,
};

describe("a chat where no WebSocket opens", () => {
  let channel: Channel;
  let session: ChatSession;

  beforeEach(async () => {
    vi.clearAllMocks();
    channel = new Channel();
    await channel.start("/socket.io/", { transports: ["polling"], pingInterval: 100 });
    const timing = { ackMs: 1000, reconnectMs: 50 };
    session = new ChatSession(new URL(channel.url), { token: "", device: "" }, LISTENER, timing);
    session.open();
    await vi.waitFor(() => expect(LISTENER.onHistory).toHaveBeenCalled(), 3000);
  });

  afterEach(async () => {
    session.close();
    await channel.stop();
  });

  it("goes on by long polling, in order", async () => {
    await Promise.all([session.send("1", "one"), session.send("2", "“two” 👟")]);
    expect(channel.received).toEqual([
      { id: "1", text: "one" },
      { id: "2", text: "“two” 👟" },
    ]);
    channel.reply("Hi!");
    channel.reply("What are you looking for?");
    await vi.waitFor(() => expect(LISTENER.onReply).toHaveBeenCalledTimes(2));
    expect(LISTENER.onReply.mock.calls.map(([{ text }]) => text)).toEqual([
      "Hi!",
      "What are you looking for?",
    ]);
  });

  it("stays connected over several heartbeats", async () => {
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(LISTENER.onStatus.mock.calls).toEqual([["online"]]);
  });

  it("tells the server when it goes", async () => {
    session.close();
    await vi.waitFor(() => expect(channel.left).toBe(1));
  });

  it("comes back to a server that closed the connection", async () => {
    channel.disconnectAll();
    await vi.waitFor(() => expect(LISTENER.onHistory).toHaveBeenCalledTimes(2), 3000);
  });
});

describe("Socket", () => {
  let server: Server;
  let url: string;
  const told = { open: vi.fn<() => void>(), close: vi.fn<(why: string) => void>() };
  const onError = vi.fn<() => void>();

  beforeEach(async () => {
    vi.clearAllMocks();
    // Opens, and is never heard of again.
    server = createServer((request, response) => {
      if (request.headers.upgrade) request.socket.destroy();
      if (request.url?.includes("sid=")) return;
      const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
      response.writeHead(200, cors);
      response.end('0{"sid":"a","pingInterval":200,"pingTimeout":100}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function connect(): Socket {
    const socket = new Socket(url, { path: "/socket.io/" });
    socket.on("open", told.open).on("close", told.close).on("error", onError);
    return socket;
  }

  it("gives a server up that falls silent", async () => {
    connect();
    await vi.waitFor(() => expect(told.open).toHaveBeenCalledOnce());
    await vi.waitFor(() => expect(told.close).toHaveBeenCalledExactlyOnceWith("ping timeout"));
  });

  it("knows after a device's sleep that the server has given it up", async () => {
    const socket = connect();
    await vi.waitFor(() => expect(told.open).toHaveBeenCalledOnce());
    expect(socket._hasPingExpired()).toBe(false);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 1000);
    expect(socket._hasPingExpired()).toBe(true);
    vi.restoreAllMocks();
    await vi.waitFor(() => expect(told.close).toHaveBeenCalledExactlyOnceWith("ping timeout"));
  });

  it("ends at once where the browser says that there is no network", async () => {
    connect();
    await vi.waitFor(() => expect(told.open).toHaveBeenCalledOnce());
    window.dispatchEvent(new Event("offline"));
    expect(told.close).toHaveBeenCalledExactlyOnceWith("transport close");
  });

  it("fails once where nobody is there", async () => {
    server.close();
    server.closeAllConnections();
    connect();
    await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce(), 3000);
    expect(told.open).not.toHaveBeenCalled();
    expect(told.close).not.toHaveBeenCalled();
  });
});
