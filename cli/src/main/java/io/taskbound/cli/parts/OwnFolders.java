// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/**
 * Whether nobody else can put files into a folder, or another folder in its place. A file that was verified there is
 * loaded a moment later, with the rights of this user: with sudo, of root.
 */
final class OwnFolders {
    private OwnFolders() {}

    /**
     * Whether this user can write into the inner folder, owns it and each folder up to the outer one, and no link below
     * the outer one or permission lets all others into them. Where a system has no POSIX permissions, its own keep
     * others out of a user's folders.
     */
    static boolean holds(Path outer, Path inner) throws IOException {
        // The cache itself may be a link of the user's, such as to a larger disk.
        var top = outer.toRealPath();
        var mine = Files.createTempFile(inner, "own", ".part");
        try {
            var user = Files.getOwner(mine);
            var folder = top.resolve(outer.relativize(inner));
            for (; folder != null && folder.startsWith(top); folder = folder.getParent()) {
                if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user) || isOpenToOthers(folder)) {
                    return false;
                }
            }
            return true;
        } finally {
            Files.deleteIfExists(mine);
        }
    }

    private static boolean isOpenToOthers(Path folder) throws IOException {
        var view = Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return false;
        }
        var attributes = view.readAttributes();
        // A link's own permissions say nothing, so that it is refused.
        return attributes.isSymbolicLink() || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }
}
