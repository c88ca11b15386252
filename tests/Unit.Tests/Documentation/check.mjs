// Judges an OpenAPI 3.1 document: by the schema of OpenAPI, and its examples by its own schemas. Prints what is wrong, or "examples: n".
import { readFile } from 'node:fs/promises'
import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv2020 from 'ajv/dist/2020.js'

const document = JSON.parse(await readFile(process.argv[2], 'utf8'))
const problems = []
const result = await new Validator().validate(structuredClone(document))
if (!result.valid) problems.push(JSON.stringify(result.errors))

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
ajv.addVocabulary(['components', 'openapi', 'info', 'servers', 'paths', 'tags'])
ajv.addSchema({ $id: 'document', components: document.components })
const resolve = (node) => (node?.$ref ? node.$ref.slice(2).split('/').reduce((at, name) => at[name], document) : node)
const local = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/'))
const examplesOf = (form) => ('example' in form ? [form.example] : Object.values(form.examples ?? {}).map((example) => example.value))

let examples = 0
for (const [path, item] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    if (!operation.responses) continue
    const parts = [['request', operation.requestBody], ...Object.entries(operation.responses)]
    const forms = parts.flatMap(([where, part]) => Object.values(resolve(part)?.content ?? {}).map((form) => [where, form]))
    for (const parameter of operation.parameters ?? []) if ('example' in parameter) forms.push([parameter.name, parameter])
    for (const [where, form] of forms) {
      const validate = ajv.compile(local(form.schema))
      for (const example of examplesOf(form)) {
        examples++
        if (!validate(example)) problems.push(`${method} ${path} ${where}: ${ajv.errorsText(validate.errors)}`)
      }
    }
  }
}

if (problems.length > 0) {
  console.log(problems.join('\n'))
  process.exit(1)
}

console.log(`examples: ${examples}`)
