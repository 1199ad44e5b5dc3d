/** What the widget keeps in the browser, apart for every chat address. */

import type { SentFile } from "./attachments";
import type { Message } from "./protocol";

export interface Unsent extends Pick<Message, "id" | "text"> {
  /** What it brings. */
  file?: SentFile;
}

/**
 * The tokens of conversation and device are shared by all tabs and outlive them; whether the panel is open and
 * what is not sent yet belong to one tab. A browser that refuses storage costs a reload its
 * history, nothing else.
 */
export class ChatStorage {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();

  constructor(chatUrl: string) {
    this.#prefix = `aisle:${chatUrl}:`;
  }

  get token(): string {
    return this.#read("localStorage", "token") ?? "";
  }

  set token(token: string) {
    this.#write("localStorage", "token", token);
  }

  get device(): string {
    return this.#read("localStorage", "device") ?? "";
  }

  set device(device: string) {
    this.#write("localStorage", "device", device);
  }

  get open(): boolean {
    return this.#read("sessionStorage", "open") === "yes";
  }

  set open(open: boolean) {
    this.#write("sessionStorage", "open", open ? "yes" : "no");
  }

  /** Whether this tab has had the panel open before. */
  get used(): boolean {
    return this.#read("sessionStorage", "open") !== null;
  }

  /** Whether replies make a sound. */
  get sound(): boolean {
    return this.#read("localStorage", "sound") === "on";
  }

  set sound(on: boolean) {
    this.#write("localStorage", "sound", on ? "on" : "off");
  }

  /** The last reply that the customer has seen. */
  get seen(): string {
    return this.#read("localStorage", "seen") ?? "";
  }

  set seen(id: string) {
    this.#write("localStorage", "seen", id);
  }

  /** Whether this visit has been invited to chat. */
  get invited(): boolean {
    return this.#read("sessionStorage", "invited") === "yes";
  }

  set invited(invited: boolean) {
    this.#write("sessionStorage", "invited", invited ? "yes" : "no");
  }

  get unsent(): Unsent[] {
    try {
      const stored: unknown = JSON.parse(this.#read("sessionStorage", "unsent") ?? "[]");
      return Array.isArray(stored) ? stored.filter(isUnsent) : [];
    } catch {
      return [];
    }
  }

  set unsent(messages: Unsent[]) {
    this.#write("sessionStorage", "unsent", JSON.stringify(messages));
  }

  #read(area: "localStorage" | "sessionStorage", name: string): string | null {
    const key = this.#prefix + name;
    try {
      return window[area].getItem(key);
    } catch {
      return this.#memory.get(key) ?? null;
    }
  }

  #write(area: "localStorage" | "sessionStorage", name: string, value: string): void {
    const key = this.#prefix + name;
    try {
      window[area].setItem(key, value);
    } catch {
      this.#memory.set(key, value);
    }
  }
}

function isUnsent(data: unknown): data is Unsent {
  const { id, text } = (data ?? {}) as Partial<Unsent>;
  return typeof id === "string" && typeof text === "string";
}
