// Runs a target over kept inputs, without a fuzzer: what ctest does with every corpus.
//
//   fuzz_<target> FILE_OR_FOLDER…

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

#include "require.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesOf(const fs::path& path) {
    if (!fs::is_directory(path)) return {path};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

bool Replay(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        std::cerr << file.string() << ": cannot be read\n";
        return false;
    }
    std::ostringstream content;
    content << in.rdbuf();
    const std::string text = content.str();
    // Before it runs, so that the last line names the input that ended the program.
    std::cout << file.filename().string() << std::endl;
    // An exact copy on the heap: a read past its end is seen.
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t replayed = 0;
    for (int i = 1; i < count; ++i) {
        for (const fs::path& file : FilesOf(arguments[i])) {
            if (!Replay(file)) return 1;
            ++replayed;
        }
    }
    std::cout << replayed << " inputs\n";
    return replayed == 0 ? 1 : 0;  // a corpus that is gone proves nothing
}
