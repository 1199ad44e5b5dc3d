import { afterEach, describe, expect, it, vi } from "vitest";

import { chatPage, all, connected, focused, load, one } from "./chat_page";

const PRODUCT = { id: "shoe", title: "Trail shoe", price: 54, currency: "USD", in_stock: true };

const page = chatPage();

describe("<aisle-chat>, a product in full", () => {
  const shoe = { id: "shoe-red-9", color: "red", size: "9", price: 54, currency: "USD" };
  const DETAILS = {
    title: "Trail shoe",
    description: "Grips.",
    images: ["/pictures/shoe.svg"],
    variants: [
      { ...shoe, in_stock: true },
      { ...shoe, id: "shoe-blue-10", color: "blue", size: "10", price: 60, in_stock: false },
    ],
  };

  async function shown(attributes: Record<string, string> = {}): Promise<HTMLElement> {
    load({ "data-open": "", "data-service-url": "http://127.0.0.1:9/shop/", ...attributes });
    await connected();
    page.channel.reply("Look:", { products: [{ ...PRODUCT, id: "shoe-red-9", url: "/p/shoe" }] });
    await vi.waitFor(() => expect(all("card")).toHaveLength(1));
    return one("card").firstElementChild as HTMLElement;
  }

  function answer(json: unknown, status = 200): ReturnType<typeof vi.spyOn> {
    const response = Response.json(json, { status }) as Awaited<ReturnType<typeof fetch>>;
    return vi.spyOn(window, "fetch").mockResolvedValue(response as never);
  }

  afterEach(() => void vi.restoreAllMocks());

  it("opens in full, and goes into the cart in the chosen version", async () => {
    const fetched = answer(DETAILS);
    (await shown()).click();
    expect(fetched).toHaveBeenCalledWith("http://127.0.0.1:9/shop/v1/products/shoe-red-9");
    await vi.waitFor(() => expect(one("sheet").querySelectorAll("input")).toHaveLength(4));
    expect(one("sheet").textContent).toContain("Grips.");
    expect(one("sheet").textContent).toContain("$54.00");
    const [red, blue] = one("sheet").querySelectorAll("input");
    blue!.checked = true;
    blue!.dispatchEvent(new Event("change"));
    expect(one("sheet").textContent).toContain("$60.00");
    expect(all("add-to-cart")).toHaveLength(0);
    red!.checked = true;
    red!.dispatchEvent(new Event("change"));
    one("add-to-cart").click();
    expect(one("sheet").hidden).toBe(true);
    const words = "Add the Trail shoe in red, size 9 to my cart";
    await vi.waitFor(() => expect(page.channel.received.at(-1)?.text).toBe(words));
  });

  it("shows what the card knows where the service does not answer", async () => {
    answer({}, 404);
    (await shown()).click();
    await new Promise((resolve) => setTimeout(resolve));
    expect(one("sheet").textContent).toContain("$54.00");
    one("add-to-cart").click();
    const words = "Add the Trail shoe to my cart";
    await vi.waitFor(() => expect(page.channel.received.at(-1)?.text).toBe(words));
  });

  it("gives the focus back to the card", async () => {
    answer(DETAILS);
    const face = await shown();
    face.focus();
    face.click();
    expect(focused()?.textContent).toBe("Trail shoe");
    one("sheet").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(one("sheet").hidden).toBe(true);
    expect((one("panel") as HTMLDialogElement).open).toBe(true);
    expect(focused()).toBe(face);
  });

  it("reports what is looked at, unless the browser asks for privacy", async () => {
    answer(DETAILS);
    const face = await shown();
    const reply = one("card").closest<HTMLElement>("[data-message-id]")?.dataset["messageId"];
    face.click();
    const clicked = ["clicked", { reply, products: ["shoe-red-9"] }];
    await vi.waitFor(() => expect(page.channel.behaviour).toEqual([clicked]));
    Object.defineProperty(navigator, "globalPrivacyControl", { value: true, configurable: true });
    one("back").click();
    face.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(page.channel.behaviour).toEqual([clicked]);
    Reflect.deleteProperty(navigator, "globalPrivacyControl");
  });

  it("leaves the click to a page that wants it", async () => {
    const fetched = answer(DETAILS);
    const face = await shown();
    const clicked = vi.fn<(event: Event) => void>((event) => event.preventDefault());
    document.addEventListener("aisle:product-click", clicked, { once: true });
    const click = new MouseEvent("click", { bubbles: true, cancelable: true });
    face.dispatchEvent(click);
    expect((clicked.mock.calls[0]?.[0] as CustomEvent).detail).toMatchObject({ id: "shoe-red-9" });
    expect(click.defaultPrevented).toBe(true);
    expect(fetched).not.toHaveBeenCalled();
  });

  it("is its page where no service is named", async () => {
    const face = await shown({ "data-service-url": "" });
    const click = new MouseEvent("click", { bubbles: true, cancelable: true });
    face.addEventListener("click", (event) => {
      expect(event.defaultPrevented).toBe(false);
      event.preventDefault();
    });
    face.dispatchEvent(click);
    expect(one("sheet").hidden).toBe(true);
  });
});
