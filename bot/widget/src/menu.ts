/** What can be done beside writing: a menu in the panel's heading. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";

export interface MenuItem {
  label: string;
  /** Of something that is on or off. */
  checked?: () => boolean;
  onChoose(): void;
}

const STEPS: Record<string, (place: number, count: number) => number> = {
  ArrowDown: (place, count) => (place + 1) % count,
  ArrowUp: (place, count) => (place + count - 1) % count,
  Home: () => 0,
  End: (_place, count) => count - 1,
};

export class Menu {
  readonly root: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #list = element("div", { class: "menu", part: "menu", role: "menu", hidden: true });
  readonly #items: [MenuItem, HTMLButtonElement][];

  constructor(strings: Strings, items: MenuItem[]) {
    this.#button = element(
      "button",
      {
        type: "button",
        part: "menu-button",
        class: "round",
        "aria-label": strings.menu,
        "aria-haspopup": "menu",
        "aria-expanded": "false",
      },
      icon("M12 5h.01M12 12h.01M12 19h.01"),
    );
    this.#items = items.map((item) => [item, this.#entry(item)]);
    this.#list.setAttribute("aria-label", strings.menu);
    this.#list.append(...this.#items.map(([, entry]) => entry));
    this.root = element("div", { class: "menu-root" }, this.#button, this.#list);
    this.#button.addEventListener("click", () => (this.#list.hidden ? this.#open() : this.close()));
    this.root.addEventListener("keydown", (event) => this.#onKey(event));
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.root.contains(relatedTarget as Node | null)) this.close();
    });
  }

  close(): void {
    this.#list.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
  }

  #open(): void {
    for (const [item, entry] of this.#items) {
      if (item.checked) entry.setAttribute("aria-checked", String(item.checked()));
    }
    this.#list.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#items[0]?.[1].focus();
  }

  #entry(item: MenuItem): HTMLButtonElement {
    const role = item.checked ? "menuitemcheckbox" : "menuitem";
    const entry = element("button", { type: "button", role, tabindex: "-1" }, item.label);
    entry.addEventListener("click", () => {
      // The focus first, so that what is chosen may move it on.
      this.#button.focus();
      this.close();
      item.onChoose();
    });
    return entry;
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#list.hidden) return;
    if (event.key === "Escape") {
      this.#button.focus();
      this.close();
    } else {
      const entries = this.#items.map(([, entry]) => entry);
      const step = STEPS[event.key];
      if (step === undefined) return;
      const root = this.root.getRootNode() as ShadowRoot | Document;
      const place = entries.indexOf(root.activeElement as HTMLButtonElement);
      entries[step(place, entries.length)]?.focus();
    }
    // Escape must not close the panel as well, nor an arrow scroll it.
    event.preventDefault();
    event.stopPropagation();
  }
}
