#include "host/plugin_manifest.h"

#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>

#include <elf.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace livery::host {

namespace {

constexpr std::string_view kSection = ".livery.manifest";

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

// A struct out of the file's bytes; nullopt when it would lie past the end.
template <class T>
std::optional<T> At(const std::string& bytes, std::uint64_t offset) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return value;
}

std::optional<std::string_view> Slice(const std::string& bytes, const Elf64_Shdr& section) {
    if (section.sh_offset > bytes.size() || bytes.size() - section.sh_offset < section.sh_size) {
        return std::nullopt;
    }
    return std::string_view(bytes).substr(section.sh_offset, section.sh_size);
}

bool IsLoadable(const Elf64_Ehdr& header) {
    return std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
           header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_type == ET_DYN;
}

}  // namespace

Result<std::string> ReadElfSection(const std::string& bytes, std::string_view name) {
    const auto header = At<Elf64_Ehdr>(bytes, 0);
    if (!header || !IsLoadable(*header))
        return Bad("is not a shared library (ELF64) of this machine");
    const auto section = [&](std::uint64_t index) {
        return At<Elf64_Shdr>(bytes, header->e_shoff + index * sizeof(Elf64_Shdr));
    };
    const auto names_section = section(header->e_shstrndx);
    const auto names = names_section ? Slice(bytes, *names_section) : std::nullopt;
    if (!names) return Bad("is a damaged ELF file");
    for (std::uint64_t i = 0; i < header->e_shnum; ++i) {
        const auto candidate = section(i);
        if (!candidate || candidate->sh_name >= names->size()) return Bad("is a damaged ELF file");
        const auto rest = names->substr(candidate->sh_name);
        if (rest.substr(0, rest.find('\0')) != name) continue;
        const auto content = Slice(bytes, *candidate);
        if (!content || candidate->sh_type == SHT_NOBITS) return Bad("is a damaged ELF file");
        return std::string(*content);
    }
    return Bad(fmt::format("has no {} section; was it built with add_livery_plugin?", name));
}

Result<PluginManifest> ReadManifest(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Bad("cannot be read");
    std::ostringstream bytes;
    bytes << in.rdbuf();
    std::string text = LIVERY_TRY(ReadElfSection(bytes.str(), kSection));
    text = text.substr(0, text.find('\0'));
    try {
        const auto json = nlohmann::json::parse(text);
        PluginManifest manifest;
        json.at("id").get_to(manifest.id);
        json.at("version").get_to(manifest.version);
        json.at("tier").get_to(manifest.tier);
        json.at("sdk").get_to(manifest.sdk_hash);
        json.at("requires").get_to(manifest.requires_plugins);
        json.at("provides").get_to(manifest.provides);
        return manifest;
    } catch (const nlohmann::json::exception& error) {
        return Bad(fmt::format("has a manifest that cannot be read: {}", error.what()));
    }
}

}  // namespace livery::host
