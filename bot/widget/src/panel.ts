/** The open chat: a dialog beside the page, over all of it on a phone, or a page of its own. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";
import type { Status } from "./session";

/** As in styles.css. */
const PHONE = "(max-width: 479px)";

export class Panel {
  readonly root: HTMLDialogElement;
  readonly #heading: HTMLHeadingElement;
  readonly #banner: HTMLElement;
  readonly #phone = matchMedia(PHONE);
  readonly #strings: Strings;
  readonly #isPage: boolean;

  /** @param isPage it fills its element, and nothing closes it. */
  constructor(
    strings: Strings,
    isPage: boolean,
    onClose: () => void,
    menu: Node,
    ...content: Node[]
  ) {
    this.#strings = strings;
    this.#isPage = isPage;
    this.#heading = element("h2", { id: "title", tabindex: "-1" }, strings.title);
    this.#banner = element(
      "p",
      { part: "banner", class: "banner", role: "status" },
      strings.connecting,
    );
    const close = element(
      "button",
      {
        type: "button",
        part: "close",
        class: "round",
        "aria-label": strings.close,
        hidden: isPage,
      },
      icon("M6 6l12 12M18 6L6 18"),
    );
    close.addEventListener("click", onClose);
    this.root = element(
      "dialog",
      { part: "panel", class: isPage ? "panel page" : "panel", "aria-labelledby": "title" },
      element("div", { class: "head", part: "head" }, this.#heading, menu, close),
      this.#banner,
      ...content,
    );
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || isPage) return;
      event.preventDefault();
      onClose();
    });
    // A phone's own "back" gesture closes a modal dialog this way, without a key.
    this.root.addEventListener("cancel", (event) => {
      event.preventDefault();
      onClose();
    });
    this.#phone.addEventListener("change", () => {
      if (!this.root.open || isPage) return;
      this.close();
      this.open();
    });
    // The keyboard of a phone covers the page without making it smaller.
    window.visualViewport?.addEventListener("resize", () => this.#fitKeyboard());
    this.#fitKeyboard();
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  get isPhone(): boolean {
    return this.#phone.matches;
  }

  /** On a phone it is modal: the page behind is covered, so focus must not wander there. */
  open(): void {
    if (this.root.open) return;
    if (this.isPhone && !this.#isPage) this.root.showModal();
    else this.root.show();
  }

  close(): void {
    if (this.root.open) this.root.close();
  }

  focus(): void {
    this.#heading.focus();
  }

  set status(status: Status) {
    this.#banner.textContent = this.#strings.offline;
    this.#banner.hidden = status === "online";
  }

  #fitKeyboard(): void {
    const height = window.visualViewport?.height;
    if (height !== undefined) this.root.style.setProperty("--visible-height", `${height}px`);
  }
}
