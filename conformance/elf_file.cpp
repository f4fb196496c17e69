#include "conformance/elf_file.h"

#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <elf.h>

namespace livery::conformance {

namespace {

class Bytes {
 public:
    explicit Bytes(const std::string& path) : path_(path) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        bytes_ = text.str();
    }
    template <class T>
    T At(std::size_t place) const {
        T value;
        if (place > bytes_.size() || bytes_.size() - place < sizeof value)
            throw std::runtime_error(path_ + " is cut short");
        std::memcpy(&value, bytes_.data() + place, sizeof value);
        return value;
    }
    std::string TextAt(std::size_t place) const {
        if (place >= bytes_.size()) throw std::runtime_error(path_ + " is cut short");
        return bytes_.c_str() + place;
    }

 private:
    std::string path_;
    std::string bytes_;
};

void ReadSymbols(const Bytes& file, const Elf64_Shdr& section, const Elf64_Shdr& names,
                 ElfFacts& facts) {
    for (std::size_t at = 0; at + sizeof(Elf64_Sym) <= section.sh_size; at += sizeof(Elf64_Sym)) {
        const auto symbol = file.At<Elf64_Sym>(section.sh_offset + at);
        const auto binding = ELF64_ST_BIND(symbol.st_info);
        if (symbol.st_shndx == SHN_UNDEF || binding == STB_LOCAL) continue;
        facts.exported.push_back({file.TextAt(names.sh_offset + symbol.st_name),
                                  binding == STB_GNU_UNIQUE, binding == STB_WEAK});
    }
}

void ReadDynamic(const Bytes& file, const Elf64_Shdr& section, const Elf64_Shdr& names,
                 ElfFacts& facts) {
    for (std::size_t at = 0; at + sizeof(Elf64_Dyn) <= section.sh_size; at += sizeof(Elf64_Dyn)) {
        const auto entry = file.At<Elf64_Dyn>(section.sh_offset + at);
        if (entry.d_tag == DT_NEEDED)
            facts.needed.push_back(file.TextAt(names.sh_offset + entry.d_un.d_val));
        facts.has_run_path |= entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH;
        facts.writes_to_code |= entry.d_tag == DT_TEXTREL;
    }
}

}  // namespace

ElfFacts ReadElf(const std::string& path) {
    const Bytes file(path);
    const auto header = file.At<Elf64_Ehdr>(0);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64)
        throw std::runtime_error(path + " is no 64-bit ELF file");
    const auto section = [&](std::size_t number) {
        return file.At<Elf64_Shdr>(header.e_shoff + number * header.e_shentsize);
    };
    ElfFacts facts;
    for (std::size_t number = 0; number < header.e_shnum; ++number) {
        const Elf64_Shdr one = section(number);
        if (one.sh_type == SHT_DYNSYM) ReadSymbols(file, one, section(one.sh_link), facts);
        if (one.sh_type == SHT_DYNAMIC) ReadDynamic(file, one, section(one.sh_link), facts);
    }
    return facts;
}

}  // namespace livery::conformance
