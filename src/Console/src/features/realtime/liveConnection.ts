/** What is heard of a connection. */
export interface ConnectionListener {
  /** A message came. */
  received: (data: unknown) => void;
  /** It is over, by whoever's will. */
  closed: () => void;
}

/** Connects to an address of Web PubSub. Resolves when the connection stands, with what ends it. */
export type Connect = (url: string, listener: ConnectionListener) => Promise<() => void>;

/** The real one. Microsoft's client is loaded by those only who watch; within half a minute it recovers a broken connection with all that was sent meanwhile. */
export const connect: Connect = async (url, { received, closed }) => {
  const { WebPubSubClient } = await import('@azure/web-pubsub-client');
  // To connect again takes another address, and how long to wait for it is the feed's to say.
  const client = new WebPubSubClient(url, { autoReconnect: false });
  client.on('group-message', ({ message }) => received(message.data));
  client.on('stopped', closed);
  await client.start();
  return () => client.stop();
};
