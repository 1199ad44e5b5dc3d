import { describe, expect, it } from "vitest";

import { isOut, readDetails, valuesOf, withValue, type Variant } from "../src/product";

function variant(color: string, size: string, inStock = true): Variant {
  const id = `${color}-${size}`;
  return { id, color, size, price: 54, currency: "USD", inStock, url: "", image: "" };
}

const VARIANTS = [
  variant("blue", "6"),
  variant("blue", "7", false),
  variant("red", "7"),
  variant("red", "8"),
  variant("grey", "6", false),
];

describe("withValue", () => {
  it("keeps the size where the other colour has it", () => {
    expect(withValue(VARIANTS, VARIANTS[1]!, "color", "red")?.id).toBe("red-7");
  });

  it("takes the colour's first size where it has not", () => {
    expect(withValue(VARIANTS, VARIANTS[0]!, "color", "red")?.id).toBe("red-7");
  });

  it("goes to another colour for a size that this one lacks", () => {
    expect(withValue(VARIANTS, VARIANTS[0]!, "size", "8")?.id).toBe("red-8");
  });
});

it("names each value once, and none that is empty", () => {
  expect(valuesOf(VARIANTS, "color")).toEqual(["blue", "red", "grey"]);
  expect(valuesOf([variant("", "")], "size")).toEqual([]);
});

it("calls a colour sold out in all of its sizes, and a size in its colour", () => {
  const out = (aspect: "color" | "size", value: string): boolean =>
    isOut(VARIANTS, VARIANTS[0]!, aspect, value);
  expect(["blue", "red", "grey"].map((color) => out("color", color))).toEqual([false, false, true]);
  expect(["6", "7", "8"].map((size) => out("size", size))).toEqual([false, true, false]);
});

it("makes nothing of what is no product", () => {
  expect(readDetails(null)).toEqual({ title: "", description: "", variants: [] });
  expect(readDetails({ variants: [{ price: "54", in_stock: 1 }] }).variants[0]).toMatchObject({
    price: null,
    inStock: null,
  });
});

it("shows a variant without a picture by the product's first", () => {
  const data = { images: ["/a.svg"], variants: [{ image: "/b.svg" }, {}] };
  expect(readDetails(data).variants.map(({ image }) => image)).toEqual(["/b.svg", "/a.svg"]);
});
