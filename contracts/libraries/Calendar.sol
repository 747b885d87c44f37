// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Unix seconds as calendar text, proleptic Gregorian, UTC.
library Calendar {
    /// @dev 9999-12-31T23:59:59Z.
    uint256 internal constant LAST_SECOND = 253_402_300_799;

    /// @notice "YYYY-MM-DDTHH:MM", 16 characters. `moment` is at most LAST_SECOND.
    function minuteText(uint256 moment) internal pure returns (bytes16) {
        (uint256 year, uint256 month, uint256 day) = civil(moment / 1 days);
        // Unchecked: every part has two digits by construction.
        unchecked {
            uint256 text = (_two(year / 100) << 112) | (_two(year % 100) << 96) | (0x2d << 88);
            text |= (_two(month) << 72) | (0x2d << 64) | (_two(day) << 48) | (0x54 << 40);
            text |= (_two((moment / 1 hours) % 24) << 24) | (0x3a << 16) | _two((moment / 1 minutes) % 60);
            return bytes16(uint128(text));
        }
    }

    /// @notice Year, month and day of the day that begins `dayNumber` days after 1970-01-01.
    ///
    /// Years are counted from March, so that the leap day is the last; 400 of them, an era, have 146,097 days
    /// (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
    function civil(uint256 dayNumber) internal pure returns (uint256 year, uint256 month, uint256 day) {
        // Unchecked: `dayNumber` is at most some millions, and each difference is of a part from its whole.
        unchecked {
            // 719,468 days lie between 0000-03-01 and 1970-01-01.
            uint256 shifted = dayNumber + 719_468;
            uint256 ofEra = shifted % 146_097;
            uint256 yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
            uint256 ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
            uint256 fromMarch = (5 * ofYear + 2) / 153;
            day = ofYear - (153 * fromMarch + 2) / 5 + 1;
            month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
            year = yearOfEra + (shifted / 146_097) * 400 + (month <= 2 ? 1 : 0);
        }
    }

    /// @dev Two decimal digits as two characters.
    function _two(uint256 value) private pure returns (uint256) {
        // Unchecked: `value` is below 100.
        unchecked {
            return ((0x30 + value / 10) << 8) | (0x30 + (value % 10));
        }
    }
}
