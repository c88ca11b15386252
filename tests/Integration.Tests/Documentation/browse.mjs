// Opens a page in Chromium and prints what happened as JSON: the addresses that were asked for, complaints of the console, the page's text, and what is kept.
// Arguments: the address, the browser's program, the colour scheme, a file for a picture or "-".
import { chromium } from 'playwright-core'

const [url, executablePath, colorScheme, picture] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
try {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } })
  const requests = []
  const complaints = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('websocket', (socket) => requests.push(socket.url()))
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(url)
  await page.getByText('Activates a device').first().waitFor({ timeout: 60_000 })
  if (picture !== '-') await page.screenshot({ path: picture })

  // Sections open as they are scrolled to, with all that is in them.
  for (let step = 0; step < 40; step++) {
    await page.mouse.wheel(0, 3_000)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }

  const text = await page.evaluate(() => document.body.innerText)
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const kept = await page.evaluate(() => [document.cookie, ...Object.entries(localStorage).flat()].join(' '))
  console.log(JSON.stringify({ requests, complaints, text, background, kept }))
} finally {
  await browser.close()
}
