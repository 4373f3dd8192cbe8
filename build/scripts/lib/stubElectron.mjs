import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The mark in Electron's program behind which its fuses stand: version, number, one character each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
  'wasmTrapHandlers',
]

/** A folder that electron-builder takes for Electron: enough to pack the program where Electron itself cannot be had. */
export function writeStubElectron(folder, version) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from('1'.repeat(FUSES.length))])
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), wire, Buffer.alloc(64)]))
  chmodSync(join(folder, 'electron'), 0o755)
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'LICENSE'), 'stub')
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'stub')
  for (const locale of ['zh-CN', 'en-US']) writeFileSync(join(folder, 'locales', `${locale}.pak`), 'stub')
}

/** Which fuses are on in a packed program. */
export function readFuses(binary) {
  const at = binary.indexOf(SENTINEL)
  if (at < 0) throw new Error('the packed program has no fuses')
  const states = binary.subarray(at + SENTINEL.length + 2)
  return Object.fromEntries(FUSES.map((name, index) => [name, String.fromCharCode(states[index]) === '1']))
}
