// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The base field of BLS12-381: integers modulo p, 381 bits, in two words.
///
/// p = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab
library Fp {
    /// @dev p >> 256.
    uint256 internal constant P_HIGH = 0x1a0111ea397fe69a4b1ba7b6434bacd7;

    /// @dev p mod 2^256.
    uint256 internal constant P_LOW = 0x64774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab;

    /// @dev floor(2^636 / p): the reciprocal for Barrett reduction, 256 bits.
    uint256 private constant RECIPROCAL = 0x9d835d2f3cc9e45ce28101b0cc7a6ba291b82741ff6a0a94bdf4771e0286779d;

    /// @notice (high · 2^256 + low) mod p.
    ///
    /// The quotient is guessed from the high word: q = floor(high · floor(2^636 / p) / 2^380). All that the guess leaves
    /// out (the low word, the reciprocal's fraction, the last floor) is together less than one and a tiny bit, so q is
    /// the quotient or one less, and one subtraction at the end is enough.
    function reduce(uint256 high, uint256 low) internal pure returns (uint256, uint256) {
        // Unchecked: arithmetic modulo 2^256 is meant; the true remainder fits two words.
        unchecked {
            (uint256 quotient, ) = _multiply(high, RECIPROCAL);
            quotient >>= 124;
            (uint256 productHigh, uint256 productLow) = _multiply(quotient, P_LOW);
            productHigh += quotient * P_HIGH;
            return _lessModulus(high - productHigh - (low < productLow ? 1 : 0), low - productLow);
        }
    }

    /// @notice -x mod p, for x below p.
    function negate(uint256 high, uint256 low) internal pure returns (uint256, uint256) {
        if (high | low == 0) return (0, 0);
        // Unchecked: x is below p, so nothing is borrowed beyond the high word.
        unchecked {
            return (P_HIGH - high - (P_LOW < low ? 1 : 0), P_LOW - low);
        }
    }

    /// @dev x, or x - p when x is not below p.
    function _lessModulus(uint256 high, uint256 low) private pure returns (uint256, uint256) {
        if (high < P_HIGH || (high == P_HIGH && low < P_LOW)) return (high, low);
        // Unchecked: x is at least p.
        unchecked {
            return (high - P_HIGH - (low < P_LOW ? 1 : 0), low - P_LOW);
        }
    }

    /// @dev The 512-bit product: modulo 2^256 - 1 and modulo 2^256 give both halves.
    function _multiply(uint256 a, uint256 b) private pure returns (uint256 high, uint256 low) {
        // Unchecked: the wrap-around is the point.
        unchecked {
            uint256 sum = mulmod(a, b, type(uint256).max);
            low = a * b;
            high = sum - low - (sum < low ? 1 : 0);
        }
    }
}
