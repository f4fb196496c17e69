#include "gateways/certificate.h"

#include <array>
#include <fstream>

#include <sodium.h>

namespace livery::gateways {

using Json = nlohmann::json;

Json Certificate::ToJson() const {
    return {{"gateway", gateway}, {"version", version}, {"sha256", sha256}, {"kit", kit},
            {"level", level},     {"date", date},       {"waived", waived}};
}

std::optional<Certificate> Certificate::FromJson(const Json& json) {
    if (!json.is_object()) return std::nullopt;
    Certificate certificate;
    const std::array<std::pair<const char*, std::string*>, 6> members{
        {{"gateway", &certificate.gateway},
         {"version", &certificate.version},
         {"sha256", &certificate.sha256},
         {"kit", &certificate.kit},
         {"level", &certificate.level},
         {"date", &certificate.date}}};
    for (const auto& [name, member] : members) {
        const auto found = json.find(name);
        if (found == json.end() || !found->is_string()) return std::nullopt;
        *member = found->get<std::string>();
    }
    const auto waived = json.find("waived");  // of kit 1.2 and later
    if (waived != json.end()) {
        if (!waived->is_object()) return std::nullopt;
        for (const auto& [check, reason] : waived->items()) {
            if (!reason.is_string()) return std::nullopt;
            certificate.waived[check] = reason;
        }
    }
    const std::string& level = certificate.level;
    if (level != "L1" && level != "L2" && level != "L3") return std::nullopt;
    return certificate;
}

std::filesystem::path CertificatePath(const std::filesystem::path& gateway_file) {
    std::filesystem::path path = gateway_file;
    return path.replace_extension(".certificate.json");
}

std::string Sha256(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
    return sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
}

Certified CertifiedAs(const std::filesystem::path& gateway_file, const std::string& sha256) {
    std::ifstream in(CertificatePath(gateway_file));
    if (!in) return {std::nullopt, "it has no certificate"};
    auto certificate = Certificate::FromJson(Json::parse(in, nullptr, false));
    if (!certificate) return {std::nullopt, "its certificate cannot be read"};
    if (certificate->sha256 != sha256)
        return {std::nullopt, "it was changed since it was certified"};
    return {std::move(certificate), ""};
}

}  // namespace livery::gateways
