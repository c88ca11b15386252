/** What is heard of a connection. */
export interface ConnectionListener {
  /** A message came. */
  received: (data: unknown) => void;
  /** It is over, by whoever's will. */
  closed: () => void;
}

/** Connects to an address of Web PubSub. Resolves when the connection stands, with what ends it. */
export type Connect = (url: string, listener: ConnectionListener) => Promise<() => void>;

/** The real one, by Microsoft's client, which is loaded by those only who watch. */
export const connect: Connect = async (url, { received, closed }) => {
  const { WebPubSubClient, WebPubSubJsonProtocol } = await import('@azure/web-pubsub-client');
  // How long to wait before the next one is the feed's to say, with another address. The reliable protocol would try for half a minute to bring back a
  // connection that the service has closed, and all that while the page would say that it is live.
  const client = new WebPubSubClient(url, { autoReconnect: false, protocol: WebPubSubJsonProtocol() });
  client.on('group-message', ({ message }) => received(message.data));
  client.on('stopped', closed);
  await client.start();
  return () => client.stop();
};
