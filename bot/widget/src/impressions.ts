/** Which products the customer has seen: half of a card, within what shows of the log. */

/** How long cards are collected before they are reported together. */
const TOGETHER_MS = 500;

/** @param reply the id of the message with the cards. */
export type OnSeen = (reply: string, products: string[]) => void;

export class Impressions {
  readonly #observer: IntersectionObserver;
  readonly #seen = new Map<string, string[]>();

  constructor(onSeen: OnSeen) {
    const report = (): void => {
      for (const [reply, products] of this.#seen) onSeen(reply, products);
      this.#seen.clear();
    };
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          this.#observer.unobserve(target);
          if (this.#seen.size === 0) setTimeout(report, TOGETHER_MS);
          const reply = target.closest<HTMLElement>("[data-message-id]")?.dataset["messageId"] ?? "";
          const { productId = "" } = (target as HTMLElement).dataset;
          this.#seen.set(reply, [...(this.#seen.get(reply) ?? []), productId]);
        }
      },
      { threshold: 0.5 },
    );
  }

  /** The cards of a message that has just come on screen. */
  watch(message: Element): void {
    for (const card of message.querySelectorAll("[part=card]")) this.#observer.observe(card);
  }
}
