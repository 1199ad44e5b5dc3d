import { beforeEach, describe, expect, it } from "vitest";

import { cardRow } from "../src/card";
import { english } from "../src/locale/english";
import type { Product } from "../src/protocol";
import { product } from "./products";

function render(...products: Product[]): HTMLElement {
  const row = cardRow(products, english, () => false);
  document.body.replaceChildren(row);
  return row;
}

function textOf(row: Element, selector: string): string {
  return row.querySelector(selector)?.textContent ?? "";
}

describe("cardRow", () => {
  beforeEach(() => {
    document.documentElement.lang = "en-US";
  });

  it("shows what the shop says of a product", () => {
    const row = render(product({ why: ["red", "$54.00, under $60"] }));
    expect(row.querySelector("[part=card]")?.getAttribute("data-product-id")).toBe("shoe-red-9");
    expect(textOf(row, ".title")).toBe("Trail shoe");
    expect(textOf(row, ".brand")).toBe("Northpeak");
    expect(textOf(row, ".price")).toBe("$54.00");
    expect(textOf(row, ".stock")).toBe("In stock");
    expect([...row.querySelectorAll(".why span")].map((chip) => chip.textContent)).toEqual([
      "red",
      "$54.00, under $60",
    ]);
    expect(row.querySelector("a")?.getAttribute("href")).toContain("/products/shoe?variant=");
    expect(row.querySelector("img")?.getAttribute("src")).toContain("/pictures/shoe.svg");
  });

  it.each([
    [true, "In stock"],
    [false, "Out of stock"],
    [null, "Stock not listed"],
  ])("says stock %s in words", (inStock, words) => {
    expect(textOf(render(product({ inStock })), ".stock")).toBe(words);
  });

  it("does not make an unknown price a free product", () => {
    expect(textOf(render(product({ price: null })), ".price")).toBe("Price not listed");
    expect(textOf(render(product({ price: 0 })), ".price")).toBe("$0.00");
  });

  it("keeps markup from the catalogue as text", () => {
    const attack = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
    const hostile = { id: attack, title: attack, brand: attack, why: [attack], currency: attack };
    const row = render(product(hostile));
    expect(row.querySelector("script, [onerror]")).toBeNull();
    expect(textOf(row, ".title")).toBe(attack);
    expect(textOf(row, ".why span")).toBe(attack);
  });

  it("drops addresses that are no web addresses", () => {
    const row = render(product({ url: "javascript:alert(1)", image: "javascript:alert(1)" }));
    expect(row.querySelector("a, img")).toBeNull();
    expect(textOf(row, ".title")).toBe("Trail shoe");
  });

  it("shows the first letter where there is no picture, or none that loads", () => {
    expect(textOf(render(product({ image: "" })), ".picture")).toBe("T");
    const row = render(product());
    row.querySelector("img")?.dispatchEvent(new Event("error"));
    expect(row.querySelector("img")).toBeNull();
    expect(textOf(row, ".picture")).toBe("T");
  });

  it("goes from card to card by the arrow keys, and stops at the ends", () => {
    const row = render(product({ id: "1" }), product({ id: "2" }), product({ id: "3" }));
    const links = [...row.querySelectorAll("a")];
    const press = (key: string): void => {
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    };
    links[0]?.focus();
    press("ArrowRight");
    expect(document.activeElement).toBe(links[1]);
    press("ArrowRight");
    press("ArrowRight");
    expect(document.activeElement).toBe(links[2]);
    press("ArrowLeft");
    expect(document.activeElement).toBe(links[1]);
  });
});
