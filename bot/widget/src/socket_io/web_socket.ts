import type { Receiver, Transport } from "./engine";

/** Packets over a WebSocket, one a frame. */
export function openWebSocket(address: URL, receiver: Receiver): Transport {
  const url = new URL(address);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("transport", "websocket");
  const socket = new WebSocket(url);
  socket.onmessage = ({ data }) => receiver.onPacket(String(data));
  // An error is always followed by this.
  socket.onclose = () => receiver.onClose();
  return {
    send: (packet) => socket.send(packet),
    close: () => {
      socket.onclose = null;
      socket.close();
    },
  };
}
