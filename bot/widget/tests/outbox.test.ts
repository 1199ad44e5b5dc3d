import { beforeEach, describe, expect, it, vi } from "vitest";

import { Outbox, type DeliveryListener } from "../src/outbox";
import { RefusedError } from "../src/session";
import type { Unsent } from "../src/storage";

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("Outbox", () => {
  let store: { unsent: Unsent[] };
  const send = vi.fn<(id: string, text: string) => Promise<void>>();
  const onDelivery = vi.fn<DeliveryListener>();

  beforeEach(() => {
    store = { unsent: [] };
    send.mockReset();
    onDelivery.mockReset();
  });

  function outbox(): Outbox {
    return new Outbox(store, { send }, onDelivery);
  }

  it("keeps a message in the store until the channel takes it", async () => {
    let take = (): void => undefined;
    send.mockReturnValue(new Promise((resolve) => (take = resolve)));
    outbox().send("1", "red shoes");
    expect(store.unsent).toEqual([{ id: "1", text: "red shoes" }]);
    take();
    await settled();
    expect(store.unsent).toEqual([]);
    expect(onDelivery).toHaveBeenLastCalledWith("1", "accepted", "");
  });

  it("takes up after a reload what was not sent, under the same ids", () => {
    store.unsent = [
      { id: "1", text: "one" },
      { id: "2", text: "two" },
    ];
    send.mockReturnValue(new Promise(() => undefined));
    const resumed = outbox().resume();
    expect(resumed.map(({ id, text, role }) => [id, text, role])).toEqual([
      ["1", "one", "customer"],
      ["2", "two", "customer"],
    ]);
    expect(send.mock.calls).toEqual([
      ["1", "one"],
      ["2", "two"],
    ]);
    expect(store.unsent).toHaveLength(2);
  });

  it("sends again what was accepted but is not settled, and only that", async () => {
    send.mockResolvedValue();
    const messages = outbox();
    messages.send("1", "settled");
    messages.send("2", "lost with the connection");
    await settled();
    messages.settle("1");
    send.mockClear();
    messages.resendAccepted();
    expect(send.mock.calls).toEqual([["2", "lost with the connection"]]);
  });

  it("tells the channel's reason for a refusal, and does not repeat it by itself", async () => {
    send.mockRejectedValue(new RefusedError("A message needs an id."));
    const messages = outbox();
    messages.send("1", "x");
    await settled();
    expect(onDelivery).toHaveBeenLastCalledWith("1", "failed", "A message needs an id.");
    expect(store.unsent).toEqual([]);
    messages.resendAccepted();
    expect(send).toHaveBeenCalledOnce();
  });

  it("can be asked to try again", async () => {
    send.mockRejectedValueOnce(new Error("operation has timed out")).mockResolvedValue();
    const messages = outbox();
    messages.send("1", "x");
    await settled();
    expect(onDelivery).toHaveBeenLastCalledWith("1", "failed", "");
    messages.retry("1");
    await settled();
    expect(onDelivery).toHaveBeenLastCalledWith("1", "accepted", "");
  });
});
