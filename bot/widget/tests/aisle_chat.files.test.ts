import { beforeEach, describe, expect, it, vi } from "vitest";

import { all, chatPage, connected, focused, load, one, say } from "./chat_page";

const UPLOAD = { max_bytes: 1_000_000, types: ["image/jpeg", "image/png", "application/pdf"] };
const BUTTONS = [{ title: "No photo", payload: "No photo" }];

const page = chatPage();

/** What the browser draws a picture with; happy-dom has none. */
const draw = vi.fn();

beforeEach(() => {
  draw.mockReset();
  vi.stubGlobal("createImageBitmap", async () => ({ width: 400, height: 300, close: () => draw() }));
});

function attach(): HTMLElement {
  return one("attach").parentElement!;
}

function picked(...files: File[]): void {
  const input = attach().querySelector("input")!;
  Object.defineProperty(input, "files", { value: files, configurable: true });
  input.dispatchEvent(new Event("change"));
}

function photo(size = 10, name = "crack.jpg", type = "image/jpeg"): File {
  return new File([new Uint8Array(size)], name, { type });
}

async function invited(): Promise<void> {
  load({ "data-open": "" });
  await connected();
  page.channel.reply("Would you like to add a photo?", { upload: UPLOAD, buttons: BUTTONS });
  await vi.waitFor(() => expect(attach().hidden).toBe(false));
}

describe("files", () => {
  it("are taken only while the assistant asks for them", async () => {
    load({ "data-open": "" });
    await connected();
    expect(page.channel.takesFiles).toEqual([true]);
    expect(attach().hidden).toBe(true);
    picked(photo());
    expect(all("file")).toHaveLength(0);
    page.channel.reply("Would you like to add a photo?", { upload: UPLOAD });
    await vi.waitFor(() => expect(attach().hidden).toBe(false));
    expect(attach().querySelector("input")?.accept).toBe("image/jpeg,image/png,application/pdf");
    say("no photo");
    expect(attach().hidden).toBe(true);
  });

  it("go up with the conversation's tokens, and are then a message", async () => {
    await invited();
    picked(photo(10, "my crack é.jpg"));
    expect(one("file").textContent).toContain("my crack é.jpg");
    expect(all("quick-reply").at(-1)?.textContent).toBe("No photo");
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    const [file] = page.channel.files;
    expect(file).toMatchObject({ name: "my crack é.jpg", length: 10 });
    expect(file?.token).toBe("Bearer token-1 device-1");
    expect(page.channel.received[0]).toEqual({
      id: file?.message,
      text: "",
      attachment: "vouched",
    });
    expect(all("quick-reply")).toHaveLength(0);
    await vi.waitFor(() => expect(draw).toHaveBeenCalled());
    const canvas = one("file").querySelector("canvas");
    expect(canvas?.getAttribute("aria-label")).toBe("my crack é.jpg");
    expect(canvas?.style.width).toBe("200px");
    expect(one("file").querySelector("progress")).toBeNull();
  });

  it.each([
    [photo(1_000_001), "larger than 1 MB"],
    [photo(10, "page.html", "text/html"), "neither a picture"],
  ])("that can't be taken are not sent, and it is said why", async (file, reason) => {
    await invited();
    picked(file);
    expect(one("messages").textContent).toContain(reason);
    expect(one("file").parentElement?.querySelector(".retry")).toBeNull();
    expect(page.channel.files).toHaveLength(0);
    one("remove-file").click();
    expect(all("file")).toHaveLength(0);
    expect(focused()).toBe(one("input"));
  });

  it("that the shop refuses say its words", async () => {
    await invited();
    page.channel.takeFile = () => ({ status: 415, body: { error: "No picture." } });
    picked(photo());
    await vi.waitFor(() => expect(one("messages").textContent).toContain("No picture."));
    expect(one("messages").querySelector(".retry")).toBeNull();
    expect(page.channel.received).toHaveLength(0);
  });

  it("whose connection is lost can be tried again, under the same id", async () => {
    await invited();
    const tried: string[] = [];
    const take = page.channel.takeFile;
    page.channel.takeFile = (message) => (tried.push(message) === 1 ? null : take(message));
    picked(photo());
    await vi.waitFor(() => expect(one("messages").querySelector(".retry")).not.toBeNull());
    expect(one("messages").textContent).toContain("the connection was lost");
    one("messages").querySelector<HTMLElement>(".retry")?.click();
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    expect(new Set(tried).size).toBe(1);
    expect(one("messages").querySelector(".note")).toBeNull();
  });

  it("may be taken back while they are asked for", async () => {
    await invited();
    picked(photo());
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    expect(one("messages").classList).not.toContain("inviting");
    page.channel.reply("Another one?", { upload: UPLOAD });
    await vi.waitFor(() => expect(one("messages").classList).toContain("inviting"));
    one("remove-file").click();
    await vi.waitFor(() => expect(one("file").textContent).toContain("crack.jpg is removed."));
    expect(page.channel.removed).toEqual([`file-${page.channel.files[0]?.message}`]);
    expect(all("remove-file")).toHaveLength(0);
  });

  it("that the shop has already stay, and it is said", async () => {
    await invited();
    picked(photo());
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(1));
    page.channel.removal = 404;
    one("remove-file").click();
    await vi.waitFor(() => expect(one("messages").textContent).toContain("could not be removed"));
  });

  it("are pasted and dropped, too", async () => {
    await invited();
    for (const [name, carrier] of [
      ["paste", "clipboardData"],
      ["drop", "dataTransfer"],
    ] as const) {
      const event = new Event(name, { bubbles: true, cancelable: true });
      Object.assign(event, { [carrier]: { files: [photo()], types: ["Files"] } });
      one("input").dispatchEvent(event);
      expect(event.defaultPrevented).toBe(true);
    }
    expect(all("file")).toHaveLength(2);
    await vi.waitFor(() => expect(page.channel.received).toHaveLength(2));
  });

  it("are in the history, and are gone from it where they were removed", async () => {
    const attachment = { id: "f1", name: "crack.jpg", media_type: "image/jpeg" };
    page.channel.history = [
      { role: "customer", id: "m1", text: "Here's a photo.", attachment },
      { role: "assistant", id: "m1.0", text: "Another one?", upload: UPLOAD },
    ];
    load({ "data-open": "" });
    await vi.waitFor(() => expect(draw).toHaveBeenCalled());
    expect(attach().hidden).toBe(false);
    page.channel.preview = { status: 404, body: "" };
    load({ "data-open": "" });
    await vi.waitFor(() => expect(one("file").textContent).toContain("is removed"));
  });

  it("stay on screen while the connection comes back", async () => {
    await invited();
    page.channel.takeFile = () => ({ status: 503, body: { error: "Later." } });
    picked(photo());
    await vi.waitFor(() => expect(one("messages").querySelector(".retry")).not.toBeNull());
    page.channel.disconnectAll();
    await vi.waitFor(() => expect(page.channel.tokens).toHaveLength(2), 12_000);
    expect(all("file")).toHaveLength(1);
  }, 15_000);

  it("go with the conversation when it is deleted", async () => {
    await invited();
    page.channel.takeFile = () => ({ status: 503, body: { error: "Later." } });
    picked(photo());
    await vi.waitFor(() => expect(one("messages").querySelector(".retry")).not.toBeNull());
    page.channel.emit("deleted", {});
    await vi.waitFor(() => expect(all("file")).toHaveLength(0));
    expect(attach().hidden).toBe(true);
  });
});
