// Microsoft's own clients against the emulator. One scenario a run; what does not hold throws.
//   node pubsub.mjs <connection string> <scenario> [count]
import assert from "node:assert/strict";
import { createServer, connect } from "node:net";
import { createInterface } from "node:readline";
import { WebPubSubServiceClient } from "@azure/web-pubsub";
import { WebPubSubClient, WebPubSubJsonProtocol } from "@azure/web-pubsub-client";

const [connectionString, scenario, count] = process.argv.slice(2);
const hub = "test";
const all = ["webpubsub.joinLeaveGroup", "webpubsub.sendToGroup"];
const service = new WebPubSubServiceClient(connectionString, hub, { allowInsecureConnection: true });
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const open = [];

// A client that notes what it gets. Its addresses go through `proxy`, if there is one.
async function client(token = { roles: all }, { protocol, proxy } = {}) {
  const got = { messages: [], connected: 0, disconnected: 0, rejoinFailed: 0 };
  const made = new WebPubSubClient(
    {
      getClientAccessUrl: async () => {
        const { url } = await service.getClientAccessToken(token);
        return proxy ? url.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${proxy.port}`) : url;
      },
    },
    protocol ? { protocol } : undefined,
  );
  made.on("connected", (event) => { got.connected++; got.id = event.connectionId; });
  made.on("disconnected", () => got.disconnected++);
  made.on("rejoin-group-failed", () => got.rejoinFailed++);
  made.on("group-message", ({ message }) => got.messages.push(message));
  made.on("server-message", ({ message }) => got.messages.push(message));
  await made.start();
  open.push(made);
  return Object.assign(got, { client: made, join: (group) => made.joinGroup(group), send: (...args) => made.sendToGroup(...args) });
}

async function until(what, condition, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `waited for: ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

// Passes everything through until it is told to drop all sockets.
async function proxyOf() {
  const target = new URL(/Endpoint=([^;]+)/.exec(connectionString)[1]);
  const sockets = new Set();
  const server = createServer((inner) => {
    const outer = connect(Number(target.port), target.hostname);
    for (const [one, other] of [[inner, outer], [outer, inner]]) {
      sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => { sockets.delete(one); other.destroy(); });
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { port: server.address().port, drop: () => sockets.forEach((socket) => socket.destroy()), close: () => server.close() };
}

const scenarios = {
  async groups() {
    const [a, b] = [await client({ roles: all, userId: "ann" }), await client({ roles: all })];
    await a.join("g/1:ä");
    await b.join("g/1:ä");
    await a.send("g/1:ä", { x: [1, "ü"] }, "json");
    await a.send("g/1:ä", "text ü", "text");
    await a.send("g/1:ä", new Uint8Array([0, 255, 7]).buffer, "binary");
    await a.send("g/1:ä", "unheard", "text", { noEcho: true });
    await until("all came", () => b.messages.length === 4 && a.messages.length === 3);
    assert.deepEqual(b.messages.map((message) => [message.group, message.fromUserId, message.dataType]), [["g/1:ä", "ann", "json"], ["g/1:ä", "ann", "text"], ["g/1:ä", "ann", "binary"], ["g/1:ä", "ann", "text"]]);
    assert.deepEqual([b.messages[0].data, b.messages[1].data, [...new Uint8Array(b.messages[2].data)]], [{ x: [1, "ü"] }, "text ü", [0, 255, 7]]);
    assert.deepEqual(a.messages.map((message) => message.dataType), ["json", "text", "binary"]);
    await b.client.leaveGroup("g/1:ä");
    await a.send("g/1:ä", "last", "text");
    await until("the sender has it", () => a.messages.length === 4);
    assert.equal(b.messages.length, 4);
    assert.equal((await a.send("g/1:ä", 1, "json", { ackId: 77 })).isDuplicated, false);
    assert.equal((await a.send("g/1:ä", 1, "json", { ackId: 77 })).isDuplicated, true);
  },

  async roles() {
    const watcher = await client({ groups: ["log"] });
    for (const act of [() => watcher.join("log"), () => watcher.send("log", "x", "text"), () => watcher.client.leaveGroup("log")]) {
      await assert.rejects(act, (error) => error.errorDetail?.name === "Forbidden");
    }
    const one = await client({ roles: ["webpubsub.joinLeaveGroup.a", "webpubsub.sendToGroup.b"] });
    await one.join("a");
    await one.send("b", "x", "text");
    await assert.rejects(() => one.join("b"), (error) => error.errorDetail?.name === "Forbidden");
    await assert.rejects(() => one.send("a", "x", "text"), (error) => error.errorDetail?.name === "Forbidden");
    await service.group("log").sendToAll("seen", { contentType: "text/plain" });
    await until("the watcher has it", () => watcher.messages.length === 1);
    assert.deepEqual([watcher.messages[0].data, watcher.messages[0].group], ["seen", "log"]);
    await service.grantPermission(one.id, "joinLeaveGroup", { targetName: "b" });
    assert.equal(await service.hasPermission(one.id, "joinLeaveGroup", { targetName: "b" }), true);
    await one.join("b");
    await service.revokePermission(one.id, "joinLeaveGroup", { targetName: "b" });
    assert.equal(await service.hasPermission(one.id, "joinLeaveGroup", { targetName: "b" }), false);
  },

  async server() {
    const [a, b] = [await client({ roles: all, userId: "ann" }), await client({ roles: all, userId: "bob" }, { protocol: WebPubSubJsonProtocol() })];
    const group = service.group("g 1/2");
    assert.equal(await service.groupExists("g 1/2"), false);
    await group.addConnection(a.id);
    await group.addUser("bob");
    assert.deepEqual([await service.groupExists("g 1/2"), await service.connectionExists(a.id), await service.userExists("bob"), await service.userExists("eve")], [true, true, true, false]);
    await group.sendToAll({ n: 1 });
    await group.sendToAll("two", { contentType: "text/plain", excludedConnections: [b.id] });
    await service.sendToAll({ n: 3 });
    await service.sendToUser("bob", "four", { contentType: "text/plain" });
    await service.sendToConnection(a.id, new Uint8Array([1, 2]).buffer, { contentType: "application/octet-stream" });
    await until("all came", () => a.messages.length === 4 && b.messages.length === 3);
    assert.deepEqual(a.messages.map((message) => message.kind), ["groupData", "groupData", "serverData", "serverData"]);
    assert.deepEqual(b.messages.map((message) => message.data), [{ n: 1 }, { n: 3 }, "four"]);
    assert.equal(a.messages[0].group, "g 1/2");
    const members = [];
    for await (const member of await group.listConnections()) {
      members.push([member.connectionId, member.userId]);
    }
    assert.deepEqual(members.sort(), [[a.id, "ann"], [b.id, "bob"]].sort());
    await group.removeConnection(a.id);
    await group.removeUser("bob");
    assert.equal(await service.groupExists("g 1/2"), false);
    await service.closeConnection(b.id, { reason: "enough" });
    await until("bob is gone", () => b.disconnected === 1);
    await service.closeAllConnections();
    await until("nobody is left", async () => a.disconnected === 1);
    await assert.rejects(() => service.sendToAll("x".repeat(1024 * 1024 + 1), { contentType: "text/plain" }), (error) => error.statusCode === 413);
    const wrong = new WebPubSubServiceClient(connectionString.replace(/AccessKey=[^;]+/, `AccessKey=${"w".repeat(44)}`), hub, { allowInsecureConnection: true });
    await assert.rejects(() => wrong.sendToAll("x", { contentType: "text/plain" }), (error) => error.statusCode === 401);
  },

  async order() {
    const [sender, reader] = [await client(), await client({ groups: ["order"] })];
    for (let sent = 0; sent < Number(count); sent += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, i) => sender.send("order", sent + i, "json")));
    }
    await until("all came", () => reader.messages.length >= Number(count));
    assert.deepEqual(reader.messages.map((message) => message.data), Array.from({ length: Number(count) }, (_, i) => i));
    assert.deepEqual(reader.messages.map((message) => message.sequenceId), Array.from({ length: Number(count) }, (_, i) => i + 1));
  },

  async drops() {
    const proxy = await proxyOf();
    const reader = await client({ groups: ["drops"] }, { proxy });
    const sender = await client({ roles: all }, { proxy });
    for (let sent = 0; sent < Number(count); sent++) {
      await sender.send("drops", sent, "json");
      if (sent % 100 === 50) {
        proxy.drop();
      }
    }
    await until("all came", () => reader.messages.length >= Number(count));
    assert.deepEqual(reader.messages.map((message) => message.data), Array.from({ length: Number(count) }, (_, i) => i));
    assert.deepEqual([reader.connected, reader.disconnected, sender.connected], [1, 0, 1]);
    proxy.close();
  },

  // The service is started anew on the same port when we say so: nothing can be resumed, and the groups are joined again.
  async restart() {
    const one = await client();
    await one.join("again");
    console.log("ready");
    await lines.next();
    await until("connected again", () => one.connected === 2);
    await until("joined again", () => service.groupExists("again"));
    await service.group("again").sendToAll("back", { contentType: "text/plain" });
    await until("the message came", () => one.messages.length === 1);
    assert.deepEqual([one.disconnected, one.rejoinFailed, one.messages[0].data], [1, 0, "back"]);
  },
};

try {
  await scenarios[scenario]();
  console.log("passed");
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  open.forEach((one) => one.stop());
  process.stdin.destroy();
  setTimeout(() => process.exit(), 1000).unref();
}
