// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {HashToCurve} from "../libraries/HashToCurve.sol";

/// @title Signs with BLS keys, for tests, through the multiplication precompiles that the contracts do not use.
library BlsSigner {
    /// @dev The generator of G2: x.c0, x.c1, y.c0, y.c1.
    bytes private constant GENERATOR =
        hex"00000000000000000000000000000000024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
        hex"0000000000000000000000000000000013e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
        hex"000000000000000000000000000000000ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801"
        hex"000000000000000000000000000000000606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be";

    /// @dev r, the order of the subgroups.
    uint256 internal constant ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001;

    bytes internal constant SIGNATURE_DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_";
    bytes internal constant POSSESSION_DST = "BLS_POP_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_";

    /// @notice The public key of a secret, 256 bytes.
    function keyOf(uint256 secret) internal view returns (bytes memory) {
        return _multiply(0x0e, GENERATOR, secret);
    }

    /// @notice secret · H(message), 128 bytes. A sum of secrets gives the aggregated signature.
    function sign(uint256 secret, bytes32 message, bytes memory tag) internal view returns (bytes memory) {
        bytes memory point = new bytes(128);
        uint256 target;
        assembly ("memory-safe") {
            target := add(point, 0x20)
        }
        HashToCurve.toG1(abi.encodePacked(message), tag, target);
        return _multiply(0x0c, point, secret);
    }

    function _multiply(uint160 precompile, bytes memory point, uint256 scalar) private view returns (bytes memory) {
        (bool done, bytes memory product) = address(precompile).staticcall(abi.encodePacked(point, scalar));
        assert(done);
        return product;
    }
}
