/**
 * e^x ≈ a₀ + 2 Re Σ residue ÷ (x − pole), best of degree 16 on the negative axis: never further off than 2.2e-16.
 *
 * Poles and a₀ from M. Pusa, "Higher-Order Chebyshev Rational Approximation Method and Application to Burnup
 * Equations", Nucl. Sci. Eng. 182:3 (2016); the residues were worked out here from her product form in 40 digits.
 * With a matrix in place of x, each term is a linear solve; residue ÷ pole gives the mean of e^(xt) over t from 0 to 1.
 */
export const rationalExponential = {
  atInfinity: 2.124853710495224e-16,
  poleReal: [
    3.509103608414918, 5.948152268951177, -5.264971343442647, 1.419375897185666, 6.416177699099435,
    4.993174737717997, -1.413928462488886, -10.84391707869699,
  ],
  poleImaginary: [
    8.436198985884374, 3.587457362018322, 16.22022147316793, 10.92536348449672, 1.194122393370139,
    5.996881713603942, 13.49772569889275, 19.27744616718165,
  ],
  residueReal: [
    15.05958527002348, 113.39775178483946, 0.0002115174218246563, -1.4793007113558014, -64.50087802553976,
    -62.51839246320797, 0.04102313683541043, -5.090152186523191e-7,
  ],
  residueImaginary: [
    -5.751405277642194, 101.94721704215861, 0.004389296964738065, 1.7686588323782946, -224.59440762652102,
    -11.190391094283244, -0.1574346617345541, -2.4220017652852292e-5,
  ],
} as const;
