/** What the widget keeps in the browser, apart for every chat address. */

import type { Message } from "./protocol";

export type Unsent = Pick<Message, "id" | "text">;

/**
 * The conversation's token is shared by all tabs and outlives them; whether the panel is open and
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

  get open(): boolean {
    return this.#read("sessionStorage", "open") === "yes";
  }

  set open(open: boolean) {
    this.#write("sessionStorage", "open", open ? "yes" : "no");
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
