// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICertificateRefusal} from "../interfaces/ICertificateRefusal.sol";

/// @title A committee that vouches when the bitmap is not zero.
contract TrustingCommittee {
    function verifyCertificate(bytes32, address, bytes32, uint256, uint256 bitmap, bytes calldata) external pure {
        require(bitmap != 0, ICertificateRefusal.CertificateInvalid());
    }
}
