#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <livery/json.h>

namespace livery::gateways {

// What the conformance kit says of one file, written beside it (`acme.so`,
// `acme.certificate.json`). It is bound to the file's bytes and signed by nobody: who may write the
// folder may write it, and is trusted with the gateways in it anyway.
struct Certificate {
    std::string gateway;  // the manifest's id
    std::string version;
    std::string sha256;  // of the file, 64 digits in lower case
    std::string kit;     // version of the kit
    std::string level;   // L1, L2, L3
    std::string date;    // of the run, ISO 8601
    // What the provider cannot show, by the word of its double: check to reason.
    std::map<std::string, std::string> waived = {};

    nlohmann::json ToJson() const;
    static std::optional<Certificate> FromJson(const nlohmann::json& json);
};

std::filesystem::path CertificatePath(const std::filesystem::path& gateway_file);

// Bytes as 64 digits.
std::string Sha256(std::string_view bytes);

struct Certified {
    std::optional<Certificate> certificate;
    std::string missing;  // why the file does not count as certified; empty: it does
};
// The certificate beside `gateway_file`, whose bytes have that hash.
Certified CertifiedAs(const std::filesystem::path& gateway_file, const std::string& sha256);

}  // namespace livery::gateways
