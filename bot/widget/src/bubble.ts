/** The round button in the corner that opens the chat, with the count of unread replies. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";

export class Bubble {
  readonly root: HTMLButtonElement;
  readonly #badge = element("span", { class: "badge", "aria-hidden": "true" });
  readonly #strings: Strings;
  #unread = 0;

  constructor(strings: Strings, onClick: () => void) {
    this.#strings = strings;
    this.root = element(
      "button",
      { type: "button", part: "bubble", class: "bubble", "aria-haspopup": "dialog" },
      icon(
        "M21 11.5a8.4 8.4 0 0 1-8.5 8.3 8.7 8.7 0 0 1-3.8-.9L3 21l1.9-5.5a8 8 0 0 1-.9-3.9" +
          "A8.4 8.4 0 0 1 12.5 3.2 8.4 8.4 0 0 1 21 11.5zM8.5 11.6h.01M12.5 11.6h.01M16.5 11.6h.01",
      ),
      this.#badge,
    );
    this.root.addEventListener("click", onClick);
    this.unread = 0;
    this.expanded = false;
  }

  get unread(): number {
    return this.#unread;
  }

  set unread(count: number) {
    this.#unread = count;
    this.#badge.textContent = count > 0 ? String(count) : "";
    this.#badge.hidden = count === 0;
    this.#label();
  }

  set expanded(expanded: boolean) {
    this.root.setAttribute("aria-expanded", String(expanded));
    this.#label();
  }

  #label(): void {
    const { open, close, unread } = this.#strings;
    const expanded = this.root.getAttribute("aria-expanded") === "true";
    const news = this.#unread > 0 ? `, ${unread(this.#unread)}` : "";
    this.root.setAttribute("aria-label", expanded ? close : open + news);
  }
}
