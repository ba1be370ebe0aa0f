/**
 * The smallest useful PMTiles archive (version 3, github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): one vector
 * tile, all land, that stands for every tile of the world.
 */
const HEADER_BYTES = 127;
const NO_COMPRESSION = 1;
const VECTOR_TILES = 1;
const MAX_ZOOM = 15;
/** Tiles are numbered through all zooms: so many there are down to the last one. */
const ALL_TILES = (4 ** (MAX_ZOOM + 1) - 1) / 3;

export function makeTinyPmtiles(): Buffer {
  const tile = landTile();
  // One entry: from tile 0 on, for a run of all of them, so many bytes, at the start (offsets are stored plus one).
  const directory = Buffer.from([1, 0, ALL_TILES, tile.length, 1].flatMap(varint));
  const metadata = Buffer.from('{}');
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles');
  header.writeUInt8(3, 7);
  const sections = [directory, metadata, Buffer.alloc(0), tile];
  let offset = HEADER_BYTES;
  sections.forEach((section, index) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + 16 * index);
    header.writeBigUInt64LE(BigInt(section.length), 16 + 16 * index);
    offset += section.length;
  });
  header.writeBigUInt64LE(BigInt(ALL_TILES), 72);
  header.writeBigUInt64LE(1n, 80);
  header.writeBigUInt64LE(1n, 88);
  header.writeUInt8(1, 96); // clustered
  header.writeUInt8(NO_COMPRESSION, 97);
  header.writeUInt8(NO_COMPRESSION, 98);
  header.writeUInt8(VECTOR_TILES, 99);
  header.writeUInt8(MAX_ZOOM, 101);
  [-180, -85, 180, 85].forEach((degrees, index) => header.writeInt32LE(degrees * 1e7, 102 + 4 * index));
  return Buffer.concat([header, ...sections]);
}

/** A Mapbox Vector Tile (version 2.1) with one layer `earth` that holds one square over the whole tile. */
function landTile(): Buffer {
  const extent = 4096;
  const moveTo = 9;
  const lineTo3 = 26;
  const closePath = 15;
  const square = [moveTo, 0, 0, lineTo3, extent, 0, 0, extent, -extent, 0, closePath].map((value, index) =>
    index === 0 || index === 3 || index === 10 ? value : zigzag(value),
  );
  const polygon = 3;
  const feature = [...field(3, polygon), ...bytes(4, square.flatMap(varint))];
  const layer = [
    ...bytes(1, [...Buffer.from('earth')]),
    ...bytes(2, feature),
    ...field(5, extent),
    ...field(15, 2), // version
  ];
  return Buffer.from(bytes(3, layer));
}

/** How vector tiles write a number that may be negative. */
function zigzag(value: number): number {
  return (value << 1) ^ (value >> 31);
}

/** Protocol buffers: a number under a field's tag. */
function field(tag: number, value: number): number[] {
  return [...varint(tag * 8), ...varint(value)];
}

/** Protocol buffers: bytes under a field's tag. */
function bytes(tag: number, value: number[]): number[] {
  return [...varint(tag * 8 + 2), ...varint(value.length), ...value];
}

function varint(value: number): number[] {
  const parts: number[] = [];
  while (value > 127) {
    parts.push((value % 128) + 128);
    value = Math.floor(value / 128);
  }
  return [...parts, value];
}
