/** The connection to the web channel: one conversation over Socket.IO. */

import { Manager, type Socket } from "socket.io-client";

import {
  readMessage,
  readReceipt,
  readSession,
  readTurn,
  readTyping,
  type Message,
  type Turn,
} from "./protocol";

export type Status = "online" | "offline";

/** Where the tokens of conversation and device live between visits. */
export interface TokenStore {
  token: string;
  device: string;
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
  onTurn(turn: Turn): void;
  /** The conversation is erased, here or in another tab. */
  onDeleted(): void;
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

/** Before the first attempt to connect again, half of it or half as much more; then doubled each time. */
const FIRST_PAUSE_MS = 300;

export class RefusedError extends Error {}

export class ChatSession {
  readonly #socket: Socket;
  readonly #timing: Timing;
  #identity = "";
  /** What the server was told of it last. */
  #identified = "";
  #refreshing = false;

  constructor(chatUrl: URL, tokens: TokenStore, listener: Listener, timing: Timing = TIMING) {
    this.#timing = timing;
    const server = new Manager(chatUrl.origin, {
      path: `${chatUrl.pathname.replace(/\/+$/, "")}/socket.io/`,
      autoConnect: false,
      reconnectionDelay: Math.min(FIRST_PAUSE_MS, timing.reconnectMs),
      reconnectionDelayMax: timing.reconnectMs,
    });
    this.#socket = server.socket("/", {
      auth: (send) => send(this.#shown(tokens)),
      retries: RETRIES,
      ackTimeout: timing.ackMs,
    });
    this.#socket
      .on("session", (data: unknown) => {
        const session = readSession(data);
        tokens.token = session.token;
        tokens.device = session.device;
        // Said while the connection was being made: too late for its first packet.
        if (this.#identity !== this.#identified) this.#sayWho();
        listener.onStatus("online");
        listener.onHistory(session.history);
      })
      .on("reply", (data: unknown) => listener.onReply({ ...readMessage(data), role: "assistant" }))
      .on("customer", (data: unknown) =>
        listener.onCustomer({ ...readMessage(data), role: "customer" }),
      )
      .on("typing", (data: unknown) => listener.onTyping(readTyping(data)))
      .on("turn", (data: unknown) => listener.onTurn(readTurn(data)))
      .on("deleted", () => listener.onDeleted())
      .on("connect_error", () => this.#wait(listener))
      .on("disconnect", () => this.#wait(listener));
  }

  open(): void {
    this.#socket.connect();
  }

  /** Connects anew, and so has the server's history again. */
  refresh(): void {
    if (!this.#socket.connected) return;
    this.#refreshing = true;
    this.#socket.disconnect();
    this.#refreshing = false;
    this.#socket.connect();
  }

  /** For good. */
  close(): void {
    this.#socket.off();
    this.#socket.close();
  }

  /**
   * Sends a message, or a file that was taken under its id, now or when the chat can be reached again, and after those before it.
   *
   * @throws RefusedError when the channel refuses it, with the channel's own words; another Error
   * when the channel has not taken it after several attempts.
   */
  async send(id: string, text: string, attachment?: string): Promise<void> {
    const message = { id, text, ...(attachment && { attachment }) };
    const receipt = readReceipt(await this.#socket.emitWithAck("message", message));
    if (!receipt.ok) throw new RefusedError(receipt.error);
  }

  /**
   * Erases the conversation, after what was sent before.
   *
   * @throws RefusedError with the channel's words where it could not.
   */
  async delete(): Promise<void> {
    const receipt = readReceipt(await this.#socket.emitWithAck("delete_conversation"));
    if (!receipt.ok) throw new RefusedError(receipt.error);
  }

  /** What of a reply came into sight, or was looked at: worth something now or not at all. */
  report(event: "seen" | "clicked", reply: string, products: string[]): void {
    this.#socket.volatile.emit(event, { reply, products });
  }

  /** The shop's token of who is logged in there; null for a customer who has logged out. */
  identify(token: string | null): void {
    this.#identity = token ?? "";
    if (this.#socket.connected) this.#sayWho();
  }

  #sayWho(): void {
    this.#identified = this.#identity;
    if (this.#identity === "") this.#socket.emit("forget");
    else this.#socket.emit("identify", { token: this.#identity });
  }

  /** With what this client can do besides: send files. */
  #shown({ token, device }: TokenStore): Record<string, unknown> {
    this.#identified = this.#identity;
    const shown = { token, device, identity: this.#identity, files: true };
    return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== ""));
  }

  #wait(listener: Listener): void {
    if (this.#refreshing) return;
    listener.onStatus("offline");
    // Socket.IO tries again by itself, except where the server itself closed or refused.
    if (!this.#socket.active) setTimeout(() => this.#socket.connect(), this.#timing.reconnectMs);
  }
}
