import type { Product } from "./protocol";

/** What a tap within a message leads to. */
export interface Actions {
  /** Says these words in the customer's name. */
  choose(payload: string): void;
  /** Whether the product of this reply is shown by other means than its page. */
  show(product: Product, reply: string): boolean;
  /** The small picture of a file; empty where it has none, null where it is gone. */
  preview(id: string): Promise<Blob | null>;
  /** Takes the file of this message back. */
  remove(message: string): void;
}
