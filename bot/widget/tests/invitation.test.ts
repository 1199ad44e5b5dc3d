import { expect, it } from "vitest";

import { applies } from "../src/invitation";

it.each([
  ["*", "/anything", true],
  ["/products/*", "/products/shoe", true],
  ["/products/*", "/policies/returns", false],
  ["/", "/", true],
  ["/", "/cart", false],
  ["*/cart", "/en/cart", true],
  ["/a.b", "/axb", false],
])("takes %j to mean %j: %s", (path, address, meant) => {
  expect(applies({ text: "", path }, address, 0)).toBe(meant);
});

it.each([
  [0, 0, true],
  [1, 0, false],
  [2, 3, true],
])("wants %d in the cart, and finds %d", (cart, found, meant) => {
  expect(applies({ text: "", cart }, "/", found)).toBe(meant);
});
