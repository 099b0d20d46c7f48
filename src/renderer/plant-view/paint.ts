import {
  type BufferGeometry,
  Float32BufferAttribute,
  type Material,
  MeshStandardMaterial,
  Vector2,
  Vector3,
} from 'three';

/** Different coats that the paint can show. */
const MOST_COATS = 32;

const colours = Array.from({ length: MOST_COATS }, () => new Vector3());
/** Roughness and metalness. */
const surfaces = Array.from({ length: MOST_COATS }, () => new Vector2(0.5, 0));
const coats = new Map<Material, number>();

/**
 * One material for everything opaque: each vertex names its coat, so that bodies of many colours are
 * one geometry and thousands of them one call.
 */
export const PAINT = new MeshStandardMaterial();

PAINT.onBeforeCompile = (shader) => {
  shader.uniforms.coatColours = { value: colours };
  shader.uniforms.coatSurfaces = { value: surfaces };
  shader.vertexShader = shader.vertexShader
    .replace(
      '#include <common>',
      `#include <common>
      attribute float coat;
      uniform vec3 coatColours[${MOST_COATS}];
      uniform vec2 coatSurfaces[${MOST_COATS}];
      varying vec3 vCoatColour;
      varying vec2 vCoatSurface;`,
    )
    .replace(
      '#include <begin_vertex>',
      `#include <begin_vertex>
      vCoatColour = coatColours[int(coat + 0.5)];
      vCoatSurface = coatSurfaces[int(coat + 0.5)];`,
    );
  shader.fragmentShader = shader.fragmentShader
    .replace(
      '#include <common>',
      `#include <common>
      varying vec3 vCoatColour;
      varying vec2 vCoatSurface;`,
    )
    .replace(
      '#include <color_fragment>',
      '#include <color_fragment>\ndiffuseColor.rgb *= vCoatColour;',
    )
    .replace('#include <roughnessmap_fragment>', 'float roughnessFactor = vCoatSurface.x;')
    .replace('#include <metalnessmap_fragment>', 'float metalnessFactor = vCoatSurface.y;');
};

/** Whether a material is nothing but a coat: opaque, of one colour, without light of its own. */
export function isCoat(material: Material): material is MeshStandardMaterial {
  return (
    material instanceof MeshStandardMaterial &&
    !material.transparent &&
    !material.vertexColors &&
    material.map === null
  );
}

/** Gives a geometry the coat of a material; it is then drawn with {@link PAINT}. */
export function paint(geometry: BufferGeometry, material: MeshStandardMaterial): BufferGeometry {
  const count = geometry.getAttribute('position').count;
  const values = new Float32Array(count).fill(coatOf(material));
  geometry.setAttribute('coat', new Float32BufferAttribute(values, 1));
  return geometry;
}

function coatOf(material: MeshStandardMaterial): number {
  const known = coats.get(material);
  if (known !== undefined) return known;
  const coat = coats.size;
  if (coat >= MOST_COATS) throw new RangeError(`more than ${MOST_COATS} coats of paint`);
  coats.set(material, coat);
  const { r, g, b } = material.color;
  colours[coat]?.set(r, g, b);
  surfaces[coat]?.set(material.roughness, material.metalness);
  return coat;
}
