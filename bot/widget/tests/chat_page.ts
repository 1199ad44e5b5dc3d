/** A page with the chat on it, and what a test sees and does there. */

import { afterEach, beforeAll, beforeEach, expect, vi } from "vitest";

import { AisleChat } from "../src/aisle_chat";
import { Channel } from "./channel";

export interface ChatPage {
  /** Where the chat is answered; a new one for each test. */
  readonly channel: Channel;
}

let channel: Channel;

/** Before each test nothing is stored, and a channel listens. */
export function chatPage(): ChatPage {
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

  return {
    get channel() {
      return channel;
    },
  };
}

/** A page with the chat on it; called again, the same page after a reload. */
export function load(attributes: Record<string, string> = {}): HTMLElement {
  const chat = document.createElement("aisle-chat");
  chat.setAttribute("data-chat-url", channel.url);
  for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
  document.body.replaceChildren(chat);
  return chat;
}

export function all(part: string): HTMLElement[] {
  const root = document.querySelector("aisle-chat")?.shadowRoot;
  return [...(root?.querySelectorAll<HTMLElement>(`[part~="${part}"]`) ?? [])];
}

export function one(part: string): HTMLElement {
  const [found] = all(part);
  if (found === undefined) throw new Error(`There is no ${part}.`);
  return found;
}

export function focused(): Element | null {
  return document.querySelector("aisle-chat")?.shadowRoot?.activeElement ?? null;
}

export function texts(): string[] {
  return all("message").map((message) => message.querySelector(".text")?.textContent ?? "");
}

export function say(text: string): void {
  const input = one("input") as HTMLTextAreaElement;
  input.value = text;
  input.dispatchEvent(new Event("input"));
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
}

export async function connected(): Promise<void> {
  await vi.waitFor(() => expect(one("banner").hidden).toBe(true));
}
