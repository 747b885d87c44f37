// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Timestamp} from "../types/Timestamp.sol";

/// @title Until when each member's key counts: fifteen moments of 48 bits, five in a word, low bits first.
///
/// @dev Packed by hand: a `uint48[15]`, whose every element is a read of its own, made a certificate 2,300 gas dearer
/// (measured).
library KeyWindows {
    uint256 private constant BITS = 48;
    uint256 private constant PER_WORD = 5;
    uint256 private constant WORDS = 3;
    uint256 private constant MASK = (1 << BITS) - 1;

    /// @notice A member's moment; zero when it has never had a key.
    function notAfter(uint256[3] storage self, uint256 member) internal view returns (Timestamp) {
        return Timestamp.wrap(uint64((self[member / PER_WORD] >> (BITS * (member % PER_WORD))) & MASK));
    }

    /// @notice Sets a member's moment, which lies before the year 8,900,000.
    function set(uint256[3] storage self, uint256 member, Timestamp moment) internal {
        uint256 shift = BITS * (member % PER_WORD);
        uint256 word = self[member / PER_WORD];
        self[member / PER_WORD] = (word & ~(MASK << shift)) | (uint256(Timestamp.unwrap(moment)) << shift);
    }

    /// @notice The members whose moment has not passed at `present`, which is not zero, as a bitmap.
    function openAt(uint256[3] storage self, Timestamp present) internal view returns (uint256 bitmap) {
        uint256 bit = 1;
        // Unchecked: two counters up to 3 and 5.
        unchecked {
            for (uint256 word = 0; word < WORDS; ++word) {
                uint256 moments = self[word];
                for (uint256 i = 0; i < PER_WORD; ++i) {
                    if (moments & MASK >= Timestamp.unwrap(present)) bitmap |= bit;
                    moments >>= BITS;
                    bit <<= 1;
                }
            }
        }
    }
}
