#include "host/elf_section.h"

#include <cstring>
#include <optional>

#include <elf.h>
#include <fmt/format.h>

namespace livery::host {

namespace {

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

// A struct out of the file's bytes; nullopt when it would lie past the end.
template <class T>
std::optional<T> At(std::string_view bytes, std::uint64_t offset) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return value;
}

std::optional<std::string_view> Slice(std::string_view bytes, const Elf64_Shdr& section) {
    if (section.sh_offset > bytes.size() || bytes.size() - section.sh_offset < section.sh_size) {
        return std::nullopt;
    }
    return bytes.substr(section.sh_offset, section.sh_size);
}

#if defined(__x86_64__)
constexpr Elf64_Half kOurs = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half kOurs = EM_AARCH64;
#else
#error "say here how ELF names this machine"
#endif

bool IsLoadable(const Elf64_Ehdr& header) {
    return std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
           header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_type == ET_DYN &&
           header.e_machine == kOurs;
}

}  // namespace

Result<std::string> ReadElfSection(std::string_view bytes, std::string_view name) {
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
    return Bad(fmt::format("has no {} section", name));
}

}  // namespace livery::host
