// Where events go in these tests.
import { createServer } from 'node:http';

/** Answers every request as told, and remembers what came. */
export async function receive(answer) {
  const got = [];
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (some) => (body += some));
    request.on('end', () => {
      got.push({ headers: request.headers, body: JSON.parse(body) });
      reply.writeHead(answer.code).end();
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { got, url: `http://127.0.0.1:${server.address().port}/murano`, close: () => server.close() };
}
