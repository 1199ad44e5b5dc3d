/** A web channel for the tests: a real Socket.IO server that speaks the protocol. */

import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

import { Server, type ServerOptions, type Socket } from "socket.io";

import type { Unsent } from "../src/storage";

type Wire = Record<string, unknown>;

export class Channel {
  readonly received: Unsent[] = [];
  /** What clients showed when they connected; undefined where they had no token. */
  readonly tokens: (string | undefined)[] = [];
  history: Wire[] = [];
  /** How many clients have gone. */
  left = 0;
  token = "token-1";

  /** What clients showed of their device. */
  readonly devices: (string | undefined)[] = [];

  /** What clients showed of the shop's customer. */
  readonly identities: unknown[] = [];
  /** The acknowledgement of a message; null to stay silent. */
  acknowledge: (message: Unsent) => Wire | null = () => ({ ok: true });
  /** The acknowledgement of a wish to delete the conversation, which is then told to everybody. */
  deletion: Wire = { ok: true };
  /** What clients told of what their customers saw and looked at. */
  readonly behaviour: unknown[][] = [];
  /** What clients said that they can do. */
  readonly takesFiles: unknown[] = [];
  /** Files that were uploaded, by the ids of their messages. */
  readonly files: { message: string; name: string; length: number; token: string }[] = [];
  /** The answer to an upload; null drops the connection. */
  takeFile: (message: string) => { status: number; body: Wire } | null = (message) => ({
    status: 201,
    body: { id: `file-${message}`, name: "crack.jpg", media_type: "image/jpeg", token: "vouched" },
  });
  /** The answers to whoever asks for a small picture, or takes a file back. */
  preview: { status: number; body: string } = { status: 200, body: "picture" };
  removal = 204;
  readonly removed: string[] = [];
  /** Called before a client hears that it is connected. */
  onGreet: () => void = () => undefined;
  #http: HttpServer | undefined;
  #io: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** On a free port; on the one it had when it starts again. */
  async start(path = "/socket.io/", options: Partial<ServerOptions> = {}): Promise<void> {
    this.#http = createServer((request, response) => this.#serve(request, response));
    this.#io = new Server(this.#http, { path, cors: { origin: "*" }, ...options });
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

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { method, url = "", headers } = request;
    if (!url.startsWith("/webhooks/web/attachments")) return;
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Headers", "*, Authorization");
    response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE");
    if (method === "OPTIONS") {
      response.writeHead(204).end();
    } else if (method === "POST") {
      let length = 0;
      request.on("data", (chunk: Buffer) => (length += chunk.length));
      request.on("end", () => {
        const message = String(headers["aisle-message"]);
        const answer = this.takeFile(message);
        if (answer === null) return void request.socket.destroy();
        const name = decodeURIComponent(String(headers["aisle-file-name"]));
        const token = `${headers.authorization} ${headers["aisle-device"]}`;
        if (answer.status === 201) this.files.push({ message, name, length, token });
        response.writeHead(answer.status, { "content-type": "application/json" });
        response.end(JSON.stringify(answer.body));
      });
    } else if (method === "DELETE") {
      if (this.removal === 204) this.removed.push(url.split("/").at(-1) ?? "");
      response.writeHead(this.removal).end();
    } else {
      response.writeHead(this.preview.status, { "content-type": "image/jpeg" });
      response.end(this.preview.body);
    }
  }

  #greet(socket: Socket): void {
    this.onGreet();
    socket.on("disconnect", () => (this.left += 1));
    this.tokens.push(socket.handshake.auth["token"] as string | undefined);
    this.devices.push(socket.handshake.auth["device"] as string | undefined);
    this.identities.push(socket.handshake.auth["identity"]);
    this.takesFiles.push(socket.handshake.auth["files"]);
    socket.on("identify", (shown: { token: string }, answer: (receipt: Wire) => void) => {
      this.identities.push(shown.token);
      answer({ ok: true });
    });
    socket.on("forget", (answer: (receipt: Wire) => void) => {
      this.identities.push(null);
      answer({ ok: true });
    });
    for (const event of ["seen", "clicked"]) {
      socket.on(event, (told: unknown) => this.behaviour.push([event, told]));
    }
    socket.on("delete_conversation", (answer: (receipt: Wire) => void) => {
      if (this.deletion["ok"] === true) this.emit("deleted", {});
      answer(this.deletion);
    });
    socket.emit("session", { token: this.token, device: "device-1", history: this.history });
    socket.on("message", (message: Unsent, answer: (receipt: Wire) => void) => {
      this.received.push(message);
      const receipt = this.acknowledge(message);
      if (receipt !== null) answer(receipt);
    });
  }
}
