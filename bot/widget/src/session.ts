/** The connection to the web channel: one conversation over Socket.IO. */

import { io, type Socket } from "socket.io-client";

import {
  readId,
  readMessage,
  readReceipt,
  readSession,
  readTyping,
  type Message,
} from "./protocol";

export type Status = "online" | "offline";

/** Where the conversation's token lives between visits. */
export interface TokenStore {
  token: string;
}

export interface Listener {
  /** Not called before the first attempt to connect has ended. */
  onStatus(status: Status): void;
  /** The conversation so far, after every connect. */
  onHistory(history: Message[]): void;
  onReply(reply: Message): void;
  /** What the customer said in another tab. */
  onCustomer(message: Message): void;
  onTyping(on: boolean): void;
  /** The assistant is done with the customer's message of this id. */
  onTurn(id: string): void;
}

export interface Timing {
  /** How long the channel may take to acknowledge a message. */
  ackMs: number;
  /** Longest pause between two attempts to connect. */
  reconnectMs: number;
}

const TIMING: Timing = { ackMs: 10_000, reconnectMs: 8_000 };

/** Sent again under the same id, which the channel knows and does not answer twice. */
const RETRIES = 8;

export class RefusedError extends Error {}

export class ChatSession {
  readonly #socket: Socket;
  readonly #timing: Timing;

  constructor(chatUrl: URL, tokens: TokenStore, listener: Listener, timing: Timing = TIMING) {
    this.#timing = timing;
    this.#socket = io(chatUrl.origin, {
      // Without this a path in the address would be taken for a Socket.IO namespace.
      path: `${chatUrl.pathname.replace(/\/+$/, "")}/socket.io/`,
      auth: (send) => send(tokens.token ? { token: tokens.token } : {}),
      autoConnect: false,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      retries: RETRIES,
      ackTimeout: timing.ackMs,
      reconnectionDelay: Math.min(500, timing.reconnectMs),
      reconnectionDelayMax: timing.reconnectMs,
    });
    this.#socket
      .on("session", (data: unknown) => {
        const session = readSession(data);
        tokens.token = session.token;
        listener.onStatus("online");
        listener.onHistory(session.history);
      })
      .on("reply", (data: unknown) => listener.onReply({ ...readMessage(data), role: "assistant" }))
      .on("customer", (data: unknown) =>
        listener.onCustomer({ ...readMessage(data), role: "customer" }),
      )
      .on("typing", (data: unknown) => listener.onTyping(readTyping(data)))
      .on("turn", (data: unknown) => listener.onTurn(readId(data)))
      .on("connect_error", () => this.#wait(listener))
      .on("disconnect", () => this.#wait(listener));
  }

  open(): void {
    this.#socket.connect();
  }

  close(): void {
    this.#socket.close();
  }

  /**
   * Sends a message, now or when the chat can be reached again, and after those before it.
   *
   * @throws RefusedError when the channel refuses it, with the channel's own words; another Error
   * when the channel has not taken it after several attempts.
   */
  async send(id: string, text: string): Promise<void> {
    const receipt = readReceipt(await this.#socket.emitWithAck("message", { id, text }));
    if (!receipt.ok) throw new RefusedError(receipt.error);
  }

  #wait(listener: Listener): void {
    listener.onStatus("offline");
    // Socket.IO tries again by itself, except where the server itself closed or refused.
    if (!this.#socket.active) setTimeout(() => this.#socket.connect(), this.#timing.reconnectMs);
  }
}
