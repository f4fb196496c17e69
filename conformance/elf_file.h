#pragma once

#include <string>
#include <vector>

namespace livery::conformance {

// What a shared library says of itself to the dynamic linker; nothing of it runs.
struct ElfFacts {
    struct Symbol {
        std::string name;
        bool unique = false;  // STB_GNU_UNIQUE: one in the whole process, and never unloaded
        bool weak = false;
    };
    std::vector<Symbol> exported;
    std::vector<std::string> needed;  // libraries
    bool has_run_path = false;        // RPATH, RUNPATH
    bool writes_to_code = false;      // TEXTREL
};

// Throws std::runtime_error for what is no 64-bit ELF file.
ElfFacts ReadElf(const std::string& path);

}  // namespace livery::conformance
