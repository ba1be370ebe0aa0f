/** The addresses of 益鹭保 behind a staff sign-in, apart from paths.ts for the same reason as office-paths.ts. */
export const insuranceOfficePaths = {
  employer: () => '/office/employer',
  employerFile: (id: string) => `/office/employer/${encodeURIComponent(id)}`,
} as const;

export type InsuranceOfficeAddress = { page: 'employer' } | { page: 'employer-file'; id: string };

/** The page at a path: `insuranceOfficePaths` read backwards; null for any other address. */
export function insuranceOfficePageAt(pathname: string): InsuranceOfficeAddress | null {
  if (/^\/office\/employer\/?$/i.test(pathname)) return { page: 'employer' };
  const encoded = /^\/office\/employer\/([^/]+)\/?$/i.exec(pathname)?.[1];
  if (encoded === undefined) return null;
  try {
    return { page: 'employer-file', id: decodeURIComponent(encoded) };
  } catch {
    return null;
  }
}
