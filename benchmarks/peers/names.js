// How Tweeter names things: opaque ids, moments, pictures. See schema/global_ids.py, domain/ids.py, domain/monograms.py.

const EPOCH = Date.UTC(2020, 0, 1)

export function encode(kind, number) {
  const raw = Buffer.allocUnsafe(9)
  raw.write(kind, 0, 'latin1')
  raw.writeBigUInt64BE(number, 1)
  return raw.toString('base64url')
}

export function decode(kind, text) {
  const raw = Buffer.from(text, 'base64url')
  if (raw.length !== 9 || raw.toString('latin1', 0, 1) !== kind) throw new Error('no such cursor')
  return raw.readBigUInt64BE(1)
}

export const instantOf = (id) => new Date(EPOCH + Number(id >> 21n))

export function imageUrl(user) {
  if (user.image) return `/media/images/${user.image}/192.webp`
  const seed = (user._id % 4096n).toString(16).padStart(3, '0')
  const letters = initial(user.first_name) + initial(user.last_name) || initial(user.alias)
  return `/media/monograms/1/${seed}-${encodeURIComponent(letters)}.svg`
}

const initial = (name) => (name.normalize('NFC').match(/[\p{L}\p{N}]/u)?.[0] ?? '').toUpperCase()
