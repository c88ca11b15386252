// Prints a YAML file as JSON; warnings count as errors.
import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'

const document = parseDocument(await readFile(process.argv[2], 'utf8'), { strict: true, uniqueKeys: true })
const problems = [...document.errors, ...document.warnings]
if (problems.length > 0) {
  console.error(problems.map((problem) => problem.message).join('\n'))
  process.exit(1)
}

console.log(JSON.stringify(document.toJS()))
