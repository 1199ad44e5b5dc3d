/** A web channel for the tests: a real Socket.IO server that speaks the protocol. */

import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";

import { Server, type Socket } from "socket.io";

import type { Unsent } from "../src/storage";

type Wire = Record<string, unknown>;

export class Channel {
  readonly received: Unsent[] = [];
  /** What clients showed when they connected; undefined where they had no token. */
  readonly tokens: (string | undefined)[] = [];
  history: Wire[] = [];
  token = "token-1";
  /** The acknowledgement of a message; null to stay silent. */
  acknowledge: (message: Unsent) => Wire | null = () => ({ ok: true });
  #http: HttpServer | undefined;
  #io: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** On a free port; on the one it had when it starts again. */
  async start(path = "/socket.io/"): Promise<void> {
    this.#http = createServer();
    this.#io = new Server(this.#http, { path, cors: { origin: "*" } });
    this.#io.on("connection", (socket) => this.#greet(socket));
    await new Promise<void>((resolve) => this.#http?.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (this.#http.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await this.#io?.close();
  }

  emit(event: string, data: Wire): void {
    this.#io?.emit(event, data);
  }

  reply(text: string, more: Wire = {}): void {
    const id = crypto.randomUUID();
    this.emit("reply", { role: "assistant", id, text, products: [], buttons: [], ...more });
  }

  /** Closes the sockets as a server does that wants its clients gone. */
  disconnectAll(): void {
    this.#io?.disconnectSockets();
  }

  #greet(socket: Socket): void {
    this.tokens.push(socket.handshake.auth["token"] as string | undefined);
    socket.emit("session", { token: this.token, history: this.history });
    socket.on("message", (message: Unsent, answer: (receipt: Wire) => void) => {
      this.received.push(message);
      const receipt = this.acknowledge(message);
      if (receipt !== null) answer(receipt);
    });
  }
}
