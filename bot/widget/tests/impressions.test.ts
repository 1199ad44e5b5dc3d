import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Impressions, type OnSeen } from "../src/impressions";

let see: (cards: Element[]) => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      readonly #watched = new Set<Element>();
      constructor(callback: IntersectionObserverCallback) {
        see = (cards) => {
          const entries = cards
            .filter((card) => this.#watched.has(card))
            .map((target) => ({ target, isIntersecting: true }));
          callback(entries as IntersectionObserverEntry[], this as unknown as IntersectionObserver);
        };
      }
      observe = (card: Element): unknown => this.#watched.add(card);
      unobserve = (card: Element): unknown => this.#watched.delete(card);
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function message(id: string, ...products: string[]): HTMLElement {
  const root = document.createElement("div");
  root.dataset["messageId"] = id;
  for (const product of products) {
    const card = document.createElement("li");
    card.setAttribute("part", "card");
    card.dataset["productId"] = product;
    root.append(card);
  }
  return root;
}

it("tells together, by message, what comes into sight, and of each product once", () => {
  const onSeen = vi.fn<OnSeen>();
  const impressions = new Impressions(onSeen);
  const [first, second] = [message("1.0", "a", "b", "c"), message("2.0", "a")];
  impressions.watch(first);
  impressions.watch(second);
  see([first.children[0]!, first.children[1]!]);
  see([second.children[0]!, first.children[0]!]);
  expect(onSeen).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(onSeen.mock.calls).toEqual([
    ["1.0", ["a", "b"]],
    ["2.0", ["a"]],
  ]);
  see([first.children[2]!]);
  vi.runAllTimers();
  expect(onSeen).toHaveBeenLastCalledWith("1.0", ["c"]);
});
