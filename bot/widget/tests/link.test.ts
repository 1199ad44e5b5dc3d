import { describe, expect, it } from "vitest";

import { anchor, linked, safeAddress } from "../src/link";

function render(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  paragraph.append(...linked(text));
  return paragraph;
}

describe("safeAddress", () => {
  it.each([
    ["https://shop.example/a?b=c", "https://shop.example/a?b=c"],
    ["HTTP://shop.example/", "http://shop.example/"],
    ["/products/1", `${location.origin}/products/1`],
  ])("follows %s", (address, followed) => {
    expect(safeAddress(address)).toBe(followed);
  });

  it.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "blob:https://shop.example/1",
    "file:///etc/passwd",
    "products/1",
    "http://",
    "",
  ])("refuses %j", (address) => {
    expect(safeAddress(address)).toBeNull();
  });
});

describe("anchor", () => {
  it("opens another site beside the shop, and gives it no hold of the page", () => {
    const link = anchor("https://elsewhere.example/");
    expect(link.target).toBe("_blank");
    expect(link.rel).toBe("noopener noreferrer");
  });

  it("stays in the window within the shop", () => {
    expect(anchor(`${location.origin}/products/1`).target).toBe("");
  });
});

describe("linked", () => {
  it("makes links of web addresses, without the punctuation behind them", () => {
    const [first, second] = render("See (https://a.example/x?y=1), http://b.example.").children;
    expect(first?.getAttribute("href")).toBe("https://a.example/x?y=1");
    expect(second?.textContent).toBe("http://b.example");
  });

  it("makes links of policy pages, and of nothing that only ends like one", () => {
    const links = render(
      "See /policies/returns#how-long. Or /policies/returns. Not x/policies/returns or /other",
    ).children;
    expect([...links].map((link) => link.textContent)).toEqual([
      "/policies/returns#how-long",
      "/policies/returns",
    ]);
  });

  it("makes a link of the demo's mailbox", () => {
    const links = render("read it at /mailbox, not at /mailboxes or x/mailbox").children;
    expect([...links].map((link) => link.textContent)).toEqual(["/mailbox"]);
  });

  it("keeps every other word as text, markup included", () => {
    const text = '<img src=x onerror=alert(1)> <script>alert(1)</script> javascript:alert(1) & "';
    const rendered = render(text);
    expect(rendered.children).toHaveLength(0);
    expect(rendered.textContent).toBe(text);
  });

  it("cannot be led out of an address by quotes and tags", () => {
    const [link] = render('https://a.example/"onmouseover="alert(1)').children;
    expect(link?.getAttribute("href")).toBe("https://a.example/");
    expect(link?.getAttributeNames()).not.toContain("onmouseover");
  });
});
