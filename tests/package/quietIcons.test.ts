import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quietIcons } from '../../build/quietIcons.ts'

const places = ['AntdIcon', 'AntdIconLight'].map((name) =>
  resolve(import.meta.dirname, `../../node_modules/@ant-design/icons/es/components/${name}.js`),
)

describe('icons', () => {
  it('say nothing of themselves in the version that is installed', () => {
    for (const path of places) {
      const code = quietIcons.transform(readFileSync(path, 'utf8'), path)
      expect(code).toContain('"aria-hidden": true')
      expect(code).not.toContain('"aria-label": icon.name')
    }
  })
  it('stop the build when a new version makes them speak in another way', () => {
    expect(() => quietIcons.transform('export default 1', places[0] ?? '')).toThrow(/read aloud/)
    expect(quietIcons.transform('export default 1', '/src/app/Frame.tsx')).toBeUndefined()
  })
})
